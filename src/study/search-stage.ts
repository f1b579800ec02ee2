import { absorbLane } from './absorb-lane.js';
import { SEARCH_ARM, type Arm, type SampledArm } from './arm.js';
import { pauses, plansRounds, startOf, type ArmState } from './arm-state.js';
import { isTrained } from './arm-trial.js';
import { askArm } from './ask-arm.js';
import { endArm } from './end-arm.js';
import type { Lane } from './lane.js';
import { unitsOfArm } from './plan-units.js';
import { openLanes } from './open-lanes.js';
import { runRungs, type Owners } from './run-rungs.js';
import { stopAfter } from './stopping.js';
import { settledState, settledTrial, type SettledTrial } from './settled-trial.js';
import type { StudyContext } from './study-context.js';
import type { TrialRecord } from './trial-record.js';

/** What the calls of {@link searchStage} of one study share. */
export interface SearchLedger {
  /** Trials asked for so far. */
  trials: number;
  readonly owners: Owners;
}

/**
 * The search stage: round by round every arm asks for trials; all arms' trials train side by side; results are told
 * in trial order. Returns the settled trials, in trial order. The ledger is brought up to date.
 */
export async function searchStage(
  context: StudyContext,
  arms: readonly Arm[],
  ledger: SearchLedger,
): Promise<readonly SettledTrial[]> {
  const states = new Map(arms.map((arm) => [arm.name, startOf(arm)]));
  const records: SettledTrial[] = [];
  for (;;) {
    const asked = [...states.values()]
      .filter((state) => isItsTurn(context, states, state))
      .flatMap((state) =>
        askArm(context.experiment, state, ledger.trials).map((lane) => {
          ledger.trials += lane.requests.length;
          return { ...lane, state };
        }),
      );
    const lanes = await openLanes(context, asked);
    if (lanes.length > 0) await runRungs(context, lanes, ledger.owners);
    for (const lane of lanes) absorbLane(context, states.get(lane.arm.name)!, lane);
    const told = [
      ...lanes.flatMap(settledForGood),
      ...[...states.values()].flatMap((state) => endArm(context, state)),
    ].sort((a, b) => a.trial - b.trial);
    context.memory.tell(told);
    for (const record of told) context.tell({ kind: 'told', record });
    records.push(...told.map((record) => settledTrial(record, settledState(record.outcome))));
    // Whoever waited for its turn may have it now.
    const ended = lanes.length === 0 && [...states.values()].every(({ done }) => done);
    if (ended) return records.sort((a, b) => a.trial - b.trial);
    stopWhereEnough(context, states, records);
  }
}

/** Trials of a lane that are over: where trials pause, only those that never trained. */
function settledForGood({ arm, settled }: Lane): readonly TrialRecord[] {
  const over = pauses(arm) ? settled.filter(({ runner }) => runner === undefined) : settled;
  return over.map(({ record }) => record);
}

/**
 * The search alone decides, by its settled trials in their order, and whoever has its budget ends with it: random search
 * has then had as much training.
 */
function stopWhereEnough(
  { experiment, metric }: StudyContext,
  states: ReadonlyMap<string, ArmState>,
  records: readonly SettledTrial[],
): void {
  if (experiment.search.stop === undefined || states.get(SEARCH_ARM)?.done !== false) return;
  const search = states.get(SEARCH_ARM)!;
  const full = experiment.training.evaluations;
  // Trials that pause count with what they have: that is how they would end.
  const paused = pauses(search.arm) ? search.trials.filter(isTrained) : [];
  const told = [
    ...records.filter(({ arm }) => arm === SEARCH_ARM),
    ...paused.map(({ request, outcome }) => settledTrial(request, outcome)),
  ].sort((a, b) => a.trial - b.trial);
  if (stopAfter(experiment, metric.metric.direction, told) === undefined) return;
  search.done = true;
  const units = plansRounds(search.arm)
    ? unitsOfArm(search.arm as SampledArm, full, search.asked)
    : undefined;
  for (const state of states.values()) {
    if (units === undefined) state.done = true;
    else state.limit = Math.max(1, Math.floor(units / full));
  }
}

/**
 * Where rules may end a search whose trials are pieces of trainings, the others wait for its end: only then is it known
 * how many whole trainings come to the same.
 */
function isItsTurn(
  { experiment }: StudyContext,
  states: ReadonlyMap<string, ArmState>,
  { arm }: ArmState,
): boolean {
  const search = states.get(SEARCH_ARM);
  if (search === undefined || arm === search.arm || arm.kind === 'given') return true;
  return experiment.search.stop === undefined || !plansRounds(search.arm) || search.done;
}

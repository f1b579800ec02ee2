import { absorbLane } from './absorb-lane.js';
import { SEARCH_ARM, type Arm } from './arm.js';
import { pauses, startOf, type ArmState } from './arm-state.js';
import { askArm } from './ask-arm.js';
import { endArm } from './end-arm.js';
import { settledRecord } from './lane.js';
import { openLanes } from './open-lanes.js';
import { runRungs, type Owners } from './run-rungs.js';
import { stopAfter } from './stopping.js';
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
): Promise<readonly TrialRecord[]> {
  const states = new Map(arms.map((arm) => [arm.name, startOf(arm)]));
  const records: TrialRecord[] = [];
  for (;;) {
    const asked = [...states.values()].flatMap((state) =>
      askArm(context.experiment, state, ledger.trials).map((lane) => {
        ledger.trials += lane.requests.length;
        return { ...lane, state };
      }),
    );
    const lanes = await openLanes(context, asked);
    if (lanes.length > 0) await runRungs(context, lanes, ledger.owners);
    for (const lane of lanes) absorbLane(context, states.get(lane.arm.name)!, lane);
    const told = [
      ...lanes.flatMap((lane) => (pauses(lane.arm) ? [] : lane.settled)),
      ...[...states.values()].flatMap((state) => endArm(context, state)),
    ].sort((a, b) => a.trial - b.trial);
    context.memory.tell(told);
    for (const record of told) context.tell({ kind: 'told', record });
    records.push(...told);
    if (lanes.length === 0) return records.sort((a, b) => a.trial - b.trial);
    stopWhereEnough(context, states, records);
  }
}

/**
 * The search alone decides, by its settled trials in their order, and whoever has its budget ends with it: random search
 * has then had as many trials.
 */
function stopWhereEnough(
  { experiment, metric }: StudyContext,
  states: ReadonlyMap<string, ArmState>,
  records: readonly TrialRecord[],
): void {
  if (experiment.search.stop === undefined || states.get(SEARCH_ARM)?.done !== false) return;
  const search = states.get(SEARCH_ARM)!;
  const full = experiment.training.evaluations;
  // Trials that pause count with what they have: that is how they would end.
  const paused = pauses(search.arm) ? [...search.ended.values()] : [];
  const told = [
    ...records.filter(({ arm }) => arm === SEARCH_ARM),
    ...paused.map((runner) => settledRecord(runner, full)),
  ].sort((a, b) => a.trial - b.trial);
  if (stopAfter(experiment, metric.metric.direction, told) === undefined) return;
  for (const state of states.values()) state.done = true;
}

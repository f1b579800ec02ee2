import type { Arm } from './arm.js';
import { absorbLane } from './absorb-lane.js';
import { pauses, startOf } from './arm-state.js';
import { askArm } from './ask-arm.js';
import { endArm } from './end-arm.js';
import { openLanes } from './open-lanes.js';
import { runRungs, type Owners } from './run-rungs.js';
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
  }
}

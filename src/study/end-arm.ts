import { pauses, type ArmState } from './arm-state.js';
import { settledRecord } from './lane.js';
import type { StudyContext } from './study-context.js';
import type { TrialRecord } from './trial-record.js';

/**
 * Ends an arm that has nothing more to train: checkpoints are dropped; trials that paused until now stay where they
 * are. Their records, in trial order; none the next time.
 */
export function endArm(context: StudyContext, state: ArmState): readonly TrialRecord[] {
  if (!state.done || state.ended.size === 0) return [];
  const runners = [...state.ended.values()].sort((a, b) => a.request.trial - b.request.trial);
  state.ended.clear();
  context.journal.dropCheckpoints(runners.map(({ request }) => request.trial));
  if (!pauses(state.arm)) return [];
  return runners.map((runner) => settledRecord(runner, context.experiment.training.evaluations));
}

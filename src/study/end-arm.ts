import { pauses, type ArmState } from './arm-state.js';
import { isTrained } from './arm-trial.js';
import { settledRecord } from './lane.js';
import { rememberedPiece } from './remembered-piece.js';
import type { StudyContext } from './study-context.js';
import type { TrialRecord } from './trial-record.js';

/**
 * Ends an arm that has nothing more to train: checkpoints are dropped; trials that paused until now stay where they
 * are. Their records, in trial order; none the next time.
 */
export function endArm(context: StudyContext, state: ArmState): readonly TrialRecord[] {
  if (!state.done || state.trials.length === 0) return [];
  const trained = state.trials.filter(isTrained);
  state.trials = [];
  context.journal.dropCheckpoints(trained.map(({ trial }) => trial));
  if (!pauses(state.arm)) return [];
  return trained.map(({ request, signature, owner, fidelity }) => {
    const last = { owner, fidelity, result: rememberedPiece(context, owner, fidelity) };
    return settledRecord({ request, signature, last }, context.experiment.training.evaluations);
  });
}

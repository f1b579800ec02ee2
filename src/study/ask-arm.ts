import { askBracket } from './ask-bracket.js';
import { askPromotions } from './ask-promotions.js';
import { askRound } from './ask-round.js';
import type { ArmState } from './arm-state.js';
import type { AskedLane } from './asked-lane.js';
import type { Experiment } from './experiment.js';
import { proposePoints } from './propose-points.js';
import { requestTrial, requestTrials } from './request-trials.js';
import type { TrialRequest } from './trial-record.js';

/**
 * What an arm trains next, its state brought up to date; nothing where it has no trials left or its sampler has no
 * more to propose.
 * @param firstTrial number of its first trial in the study
 */
export function askArm(experiment: Experiment, state: ArmState, firstTrial: number): readonly AskedLane[] {
  if (state.done) return [];
  const { arm } = state;
  if (arm.kind === 'given') {
    state.done = true;
    const rungs = [{ trials: 1, fidelity: experiment.training.evaluations }];
    const request = requestTrial(experiment, state, firstTrial, 0, arm.candidate);
    return [{ rungs, from: 0, requests: [request], parents: [], resumed: [] }];
  }
  if (arm.sampler.rounds !== undefined) return askRound(experiment, state, arm, firstTrial);
  if (arm.policy.promotions !== undefined) {
    const propose = (count: number): readonly TrialRequest[] =>
      requestTrials(experiment, state, firstTrial, proposePoints(experiment, state, arm, count));
    return askPromotions(experiment, state, arm, propose);
  }
  return askBracket(experiment, state, arm, firstTrial);
}

import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import type { Assignment } from '../space/space.js';
import type { Arm, SampledArm } from './arm.js';
import { goesOnLater, type ArmState } from './arm-state.js';
import { NO_DESCENT } from './arm-trial.js';
import type { Experiment } from './experiment.js';
import type { TrialRequest } from './trial-record.js';

/** The trials of these points, which count as asked for. */
export function requestTrials(
  experiment: Experiment,
  state: ArmState,
  firstTrial: number,
  assignments: readonly Assignment[],
): readonly TrialRequest[] {
  const { space } = state.arm as SampledArm;
  const requests = assignments.map((assignment, place) =>
    requestTrial(experiment, state, firstTrial, place, space.build(assignment), assignment),
  );
  state.asked += requests.length;
  if (goesOnLater(state.arm))
    for (const { trial } of requests) state.trials.push({ trial, descent: NO_DESCENT, state: 'running' });
  return requests;
}

/**
 * One trial of an arm, which does not count as asked for yet.
 * @param firstTrial number in the study of the first trial that is asked for with it
 * @param place of this trial among them
 */
export function requestTrial(
  experiment: Experiment,
  { arm, asked, wave }: { readonly arm: Arm; readonly asked: number; readonly wave: number },
  firstTrial: number,
  place: number,
  candidate: Candidate,
  assignment?: Assignment,
): TrialRequest {
  return {
    trial: firstTrial + place,
    stage: 'search',
    arm: arm.name,
    index: asked + place,
    wave,
    seed: `study/${experiment.seed}/search`,
    part: 'validation',
    candidate: canonicalCandidate(candidate),
    candidateHash: candidateHash(candidate),
    ...(assignment === undefined ? {} : { assignment }),
  };
}

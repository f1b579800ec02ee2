import type { Rung } from '../fidelity/policy.js';
import { shrinkBracket } from '../fidelity/shrink-bracket.js';
import type { SampledArm } from './arm.js';
import type { ArmState } from './arm-state.js';
import type { AskedLane } from './asked-lane.js';
import type { Experiment } from './experiment.js';
import { proposePoints } from './propose-points.js';
import { requestTrials } from './request-trials.js';

/** The next bracket of the arm's fidelity policy, no larger than the budget and what the sampler proposes. */
export function askBracket(
  experiment: Experiment,
  state: ArmState,
  arm: SampledArm,
  firstTrial: number,
): readonly AskedLane[] {
  const whole = arm.policy.bracket({
    options: arm.policyOptions as never,
    index: state.wave,
    full: experiment.training.evaluations,
    waveSize: arm.wave,
  });
  // Where a rule decides who goes on, every rung has a place for all.
  const rungsFor = (trials: number): readonly Rung[] =>
    arm.policy.goesOn === undefined
      ? shrinkBracket(whole, trials).rungs
      : whole.rungs.map((rung) => ({ ...rung, trials: Math.min(rung.trials, trials) }));
  const wanted = rungsFor(state.limit - state.asked)[0]!.trials;
  const points = proposePoints(experiment, state, arm, wanted);
  const requests = requestTrials(experiment, state, firstTrial, points);
  state.wave += 1;
  state.done = state.asked >= state.limit || requests.length < wanted;
  return requests.length === 0
    ? []
    : [{ rungs: rungsFor(requests.length), from: 0, requests, parents: [], resumed: [] }];
}

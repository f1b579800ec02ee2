import type { RungTrial } from '../fidelity/policy.js';
import type { SampledArm } from './arm.js';
import type { ArmState } from './arm-state.js';
import type { AskedLane } from './asked-lane.js';
import type { Experiment } from './experiment.js';
import type { Runner } from './lane.js';
import type { TrialRequest } from './trial-record.js';

/**
 * The next wave of an arm whose trials pause: those that are promoted, one lane for each fidelity, and those that
 * start. Nothing where nobody goes on or starts: the end.
 */
export function askPromotions(
  experiment: Experiment,
  state: ArmState,
  arm: SampledArm,
  propose: (count: number) => readonly TrialRequest[],
): readonly AskedLane[] {
  const { promoted, started } = arm.policy.promotions!({
    options: arm.policyOptions as never,
    full: experiment.training.evaluations,
    waveSize: arm.wave,
    trials: distinctTrials(state),
    left: state.exhausted ? 0 : state.limit - state.asked,
  });
  const requests = started.trials === 0 ? [] : propose(started.trials);
  // A sampler that has no more to propose ends the starting, not the promotions: another wave is asked for.
  const ranOut = requests.length < started.trials;
  if (requests.length === 0 && promoted.length === 0) {
    if (ranOut && !state.exhausted) {
      state.exhausted = true;
      return askPromotions(experiment, state, arm, propose);
    }
    state.done = true;
    return [];
  }
  state.exhausted ||= ranOut;
  state.wave += 1;
  const lanes: AskedLane[] = [];
  if (requests.length > 0) {
    lanes.push({
      rungs: [{ ...started, trials: requests.length }],
      from: 0,
      requests,
      parents: [],
      resumed: [],
    });
  }
  for (const fidelity of new Set(promoted.map((one) => one.fidelity))) {
    const resumed = promoted
      .filter((one) => one.fidelity === fidelity)
      .map(({ trial }) => runnerOf(state, trial));
    const from = resumed[0]!.from!.fidelity;
    lanes.push({ rungs: [{ trials: resumed.length, fidelity }], from, requests: [], parents: [], resumed });
  }
  return lanes;
}

/** What has been trained, of trials that train alike only the first: places are for training. */
function distinctTrials({ trials }: ArmState): readonly RungTrial[] {
  const distinct: RungTrial[] = [];
  trials.forEach((one, trial) => {
    if (one.state === 'untrained' || (one.state === 'trained' && one.first)) {
      distinct.push({ trial, curve: one.curve });
    }
  });
  return distinct;
}

/** @throws Error where a policy promotes a trial that has no training */
function runnerOf({ trials }: ArmState, trial: number): Runner {
  const one = trials[trial];
  if (one?.state === 'trained') {
    const { request, signature, owner, fidelity } = one;
    return { request, signature, from: { owner, fidelity } };
  }
  throw new Error(`trial ${trial} was promoted and has no training to go on with`);
}

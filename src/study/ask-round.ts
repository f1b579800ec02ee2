import { sequenceCandidates } from '../candidate/sequence-candidates.js';
import type { SampledArm } from './arm.js';
import type { ArmState } from './arm-state.js';
import type { AskedLane } from './asked-lane.js';
import { descend } from './descent.js';
import type { Experiment } from './experiment.js';
import { proposalRequest } from './propose-points.js';
import { requestTrial } from './request-trials.js';
import type { TrialRequest } from './trial-record.js';

/** A round of a sampler that plans its own; one that the budget cannot fill is not begun. */
export function askRound(
  experiment: Experiment,
  state: ArmState,
  arm: SampledArm,
  firstTrial: number,
): readonly AskedLane[] {
  const { steps, evaluations: full } = experiment.training;
  const rounds = arm.sampler.rounds!;
  const options = arm.samplerOptions as never;
  const round = rounds.round({ options, space: arm.space, full, index: state.wave });
  state.done = round.trials > state.limit - state.asked;
  if (state.done) return [];
  const request = proposalRequest(experiment, state, arm, round.trials);
  const parents = round.from === 0 ? [] : rounds.parents(request).map((own) => state.trials[own]!);
  const begin = round.from === 0 ? 0 : (round.from * (steps / full)) / (steps - 1);
  const requests = arm.sampler.propose(request).map((assignment, place): TrialRequest => {
    const parent = parents[place];
    const descent = descend(parent?.descent ?? [], begin, arm.space.build(assignment));
    const candidate = sequenceCandidates(descent);
    const trial = firstTrial + place;
    state.trials.push({ trial, descent, state: 'running' });
    const continues = parent === undefined ? {} : { continues: parent.trial };
    return { ...requestTrial(experiment, state, firstTrial, place, candidate, assignment), ...continues };
  });
  state.asked += requests.length;
  state.wave += 1;
  const rungs = [{ trials: requests.length, fidelity: round.fidelity }];
  return [{ rungs, from: round.from, requests, parents, resumed: [] }];
}

import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import { shrinkBracket } from '../fidelity/shrink-bracket.js';
import type { Rung } from '../fidelity/policy.js';
import type { Observation } from '../search/sampler.js';
import type { Assignment } from '../space/space.js';
import type { Arm } from './arm.js';
import type { Experiment } from './experiment.js';
import type { TrialRequest } from './trial-record.js';

/** How far an arm has come in the search stage. */
export interface ArmState {
  readonly arm: Arm;
  /** What its sampler has been told. */
  readonly history: Observation[];
  /** What it has trained so far, see the lanes. */
  readonly reached: Set<string>;
  /** Trials asked for so far. */
  asked: number;
  wave: number;
  done: boolean;
}

export const startOf = (arm: Arm): ArmState => ({
  arm,
  history: [],
  reached: new Set(),
  asked: 0,
  wave: 0,
  done: false,
});

/** A bracket that an arm asks for. */
export interface AskedBracket {
  readonly rungs: readonly Rung[];
  readonly requests: readonly TrialRequest[];
}

/**
 * The next bracket of an arm, whose state is brought up to date; undefined where it has no trials left or its
 * sampler has no more to propose.
 * @param firstTrial number of its first trial in the study
 */
export function askArm(
  experiment: Experiment,
  state: ArmState,
  firstTrial: number,
): AskedBracket | undefined {
  if (state.done) return undefined;
  const { arm, asked, wave } = state;
  const request = (index: number, candidate: Candidate, assignment?: Assignment): TrialRequest => ({
    trial: firstTrial + index,
    stage: 'search',
    arm: arm.name,
    index: asked + index,
    wave,
    seed: `study/${experiment.seed}/search`,
    part: 'validation',
    candidate: canonicalCandidate(candidate),
    candidateHash: candidateHash(candidate),
    ...(assignment === undefined ? {} : { assignment }),
  });
  const full = experiment.training.evaluations;
  if (arm.kind === 'given') {
    state.done = true;
    return { rungs: [{ trials: 1, fidelity: full }], requests: [request(0, arm.candidate)] };
  }
  const whole = arm.policy.bracket({
    options: arm.policyOptions as never,
    index: wave,
    full,
    waveSize: arm.wave,
  });
  const wanted = shrinkBracket(whole, arm.trials - asked).rungs[0]!.trials;
  const assignments = arm.sampler.propose({
    options: arm.samplerOptions as never,
    space: arm.space,
    seed: `study/${experiment.seed}/sampler/${arm.name}`,
    history: state.history,
    wave,
    firstTrial: asked,
    count: wanted,
  });
  const requests = assignments.map((assignment, index) =>
    request(index, arm.space.build(assignment), assignment),
  );
  state.asked += requests.length;
  state.wave += 1;
  state.done = state.asked >= arm.trials || requests.length < wanted;
  return requests.length === 0 ? undefined : { rungs: shrinkBracket(whole, requests.length).rungs, requests };
}

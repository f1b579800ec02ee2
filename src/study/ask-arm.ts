import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import { sequenceCandidates } from '../candidate/sequence-candidates.js';
import type { Rung } from '../fidelity/policy.js';
import { shrinkBracket } from '../fidelity/shrink-bracket.js';
import type { ProposalRequest } from '../search/sampler.js';
import type { Assignment } from '../space/space.js';
import type { Arm, SampledArm } from './arm.js';
import { goesOnLater, type ArmState } from './arm-state.js';
import { NO_DESCENT, type ArmTrial } from './arm-trial.js';
import { descend } from './descent.js';
import type { Experiment } from './experiment.js';
import { askPromotions } from './ask-promotions.js';
import type { Runner } from './lane.js';
import type { TrialRequest } from './trial-record.js';

/** Trials that an arm sends through rungs together. */
export interface AskedLane {
  readonly rungs: readonly Rung[];
  /** Fidelity at which the trials set out; 0 from the start. */
  readonly from: number;
  /** Trials that are asked for now. */
  readonly requests: readonly TrialRequest[];
  /** For each of them the trial with whose training it goes on; none where all set out from the start. */
  readonly parents: readonly ArmTrial[];
  /** Trials that paused and go on. */
  readonly resumed: readonly Runner[];
}

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
    const request = requestOf(experiment, state, firstTrial, 0, arm.candidate);
    return [{ rungs, from: 0, requests: [request], parents: [], resumed: [] }];
  }
  if (arm.sampler.rounds !== undefined) return askRound(experiment, state, arm, firstTrial);
  if (arm.policy.promotions !== undefined) {
    const propose = (count: number): readonly TrialRequest[] =>
      requestsOf(experiment, state, firstTrial, proposals(experiment, state, arm, count));
    return askPromotions(experiment, state, arm, propose);
  }
  return askBracket(experiment, state, arm, firstTrial);
}

function askBracket(
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
  const requests = requestsOf(experiment, state, firstTrial, proposals(experiment, state, arm, wanted));
  state.wave += 1;
  state.done = state.asked >= state.limit || requests.length < wanted;
  return requests.length === 0
    ? []
    : [{ rungs: rungsFor(requests.length), from: 0, requests, parents: [], resumed: [] }];
}

/** A round of a sampler that plans its own; one that the budget cannot fill is not begun. */
function askRound(
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
    return { ...requestOf(experiment, state, firstTrial, place, candidate, assignment), ...continues };
  });
  state.asked += requests.length;
  state.wave += 1;
  const rungs = [{ trials: requests.length, fidelity: round.fidelity }];
  return [{ rungs, from: round.from, requests, parents, resumed: [] }];
}

function proposalRequest(
  experiment: Experiment,
  { arm: { name }, history, wave, asked }: ArmState,
  { samplerOptions, space, prior }: SampledArm,
  count: number,
): ProposalRequest<never> {
  return {
    options: samplerOptions as never,
    space,
    seed: `study/${experiment.seed}/sampler/${name}`,
    history,
    wave,
    firstTrial: asked,
    count,
    full: experiment.training.evaluations,
    ...(prior === undefined ? {} : { prior }),
  };
}

/** So many points more: those given by hand first. */
function proposals(
  experiment: Experiment,
  state: ArmState,
  arm: SampledArm,
  count: number,
): readonly Assignment[] {
  const { enqueued = [], sampler } = arm;
  const given = enqueued.slice(state.asked, state.asked + count);
  if (given.length === count) return given;
  const request = proposalRequest(experiment, state, arm, count);
  const proposed = sampler.propose({
    ...request,
    firstTrial: request.firstTrial + given.length,
    count: count - given.length,
    ...(enqueued.length === 0 ? {} : { enqueued: enqueued.length }),
  });
  return [...given, ...proposed];
}

/** The trials of these points, which count as asked for. */
function requestsOf(
  experiment: Experiment,
  state: ArmState,
  firstTrial: number,
  assignments: readonly Assignment[],
): readonly TrialRequest[] {
  const { space } = state.arm as SampledArm;
  const requests = assignments.map((assignment, place) =>
    requestOf(experiment, state, firstTrial, place, space.build(assignment), assignment),
  );
  state.asked += requests.length;
  if (goesOnLater(state.arm))
    for (const { trial } of requests) state.trials.push({ trial, descent: NO_DESCENT, state: 'running' });
  return requests;
}

function requestOf(
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

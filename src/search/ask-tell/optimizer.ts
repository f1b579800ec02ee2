import type { Assignment, Space } from '../../space/space.js';
import { isFailure, ranked } from '../ranking.js';
import type { AnySampler, Observation } from '../sampler.js';
import { notAsked, toldOtherwise, waveIsOpen } from './errors.js';
import { observeOutcome, type Outcome } from './outcome.js';
import { plannedTraining } from './planned-training.js';
import { curveFromJson, curveToJson, type SavedOptimizer } from './saved.js';

/** A trial to be evaluated. */
export interface Asked {
  /** Its number, from 0: what `tell` is told. */
  readonly trial: number;
  readonly wave: number;
  /** The point of the space. */
  readonly assignment: Assignment;
  /** The loss that the point stands for. */
  readonly candidate: ReturnType<Space['build']>;
  /** What is to be trained; present with samplers that say themselves how long their trials train. */
  readonly training?: PlannedTraining;
}

/** A trial that trains from one fidelity to another, in evaluations. */
export interface PlannedTraining {
  readonly from: number;
  readonly fidelity: number;
  /**
   * The trial whose training it goes on with, under the new values; absent where `from` is 0. Its curve begins with
   * the curve of that trial.
   */
  readonly continues?: number;
}

/** A search by hand: ask for trials, evaluate them in any way, tell what became of them. */
export interface Optimizer {
  /**
   * The next trial; undefined where there are no more.
   * @throws UserError `study` where the next trial belongs to a new wave and trials of this one were not told yet
   */
  ask(): Asked | undefined;
  /**
   * Tells what became of a trial; trials of one wave may be told in any order. Telling the same again changes nothing.
   * @throws UserError `study` where the trial was not asked for, or told otherwise before; `usage` on no outcome
   */
  tell(trial: number, outcome: Outcome): void;
  /** Trials asked for and not told yet: after a restart, those to evaluate again. */
  pending(): readonly Asked[];
  /** The best trial told; undefined where there is none that did not fail. */
  best(): Observation | undefined;
  /** All trials told, in trial order. */
  history(): readonly Observation[];
  /** All that `resumeOptimizer` needs: `JSON.stringify(optimizer)`. */
  toJSON(): SavedOptimizer;
}

export type Proposal = Pick<Asked, 'trial' | 'wave' | 'assignment'>;

/** An optimizer that goes on from a state. */
export function optimizerFrom(sampler: AnySampler, space: Space, state: SavedOptimizer): Optimizer {
  const { seed, wave: waveSize, full } = state;
  const limit = state.trials ?? Infinity;
  const options = sampler.schema.parse(state.options) as never;
  const proposals: Proposal[] = state.proposals.map(({ wave, assignment }, trial) => ({
    trial,
    wave,
    assignment,
  }));
  const told = new Map<number, Observation>();
  state.proposals.forEach(({ curve: json }, trial) => {
    if (json === undefined) return;
    const curve = curveFromJson(json);
    told.set(trial, { ...proposals[trial]!, value: curve.at(-1) ?? Infinity, curve });
  });
  let asked = state.asked;
  let exhausted = state.exhausted;

  const pending = (): Proposal[] => proposals.slice(0, asked).filter(({ trial }) => !told.has(trial));
  const withCandidate = (proposal: Proposal): Asked => ({
    ...proposal,
    candidate: space.build(proposal.assignment),
    ...trainingOf(proposal, history(), proposals),
  });
  const trainingOf = plannedTraining(sampler, options, space, state);
  const history = (): Observation[] => proposals.flatMap(({ trial }) => told.get(trial) ?? []);

  const proposeWave = (): void => {
    const wave = (proposals.at(-1)?.wave ?? -1) + 1;
    const firstTrial = proposals.length;
    const round = sampler.rounds?.round({ options, space, full, index: wave });
    const count = round?.trials ?? Math.min(waveSize, limit - firstTrial);
    if (round !== undefined && count > limit - firstTrial) {
      exhausted = true;
      return;
    }
    const next = sampler.propose({ options, space, seed, history: history(), wave, firstTrial, count, full });
    next.forEach((assignment, index) => proposals.push({ trial: firstTrial + index, wave, assignment }));
    exhausted = next.length < count;
  };

  return {
    ask: () => {
      if (asked === proposals.length) {
        if (exhausted || asked >= limit) return undefined;
        const missing = pending();
        if (missing.length > 0)
          throw waveIsOpen(
            asked,
            missing.map(({ trial }) => trial),
          );
        proposeWave();
      }
      const next = proposals[asked];
      if (next === undefined) return undefined;
      asked++;
      return withCandidate(next);
    },
    tell: (trial, outcome) => {
      const proposal = trial < asked ? proposals[trial] : undefined;
      if (proposal === undefined) throw notAsked(trial, asked);
      const observed = observeOutcome(trial, outcome);
      const before = told.get(trial);
      if (before !== undefined && JSON.stringify(before.curve) !== JSON.stringify(observed.curve)) {
        throw toldOtherwise(trial, before.value, observed.value);
      }
      if (before === undefined) told.set(trial, { ...proposal, ...observed });
    },
    pending: () => pending().map(withCandidate),
    best: () => {
      const [first] = ranked(history());
      return first === undefined || isFailure(first) ? undefined : first;
    },
    history,
    toJSON: () => ({
      ...state,
      proposals: proposals.map(({ trial, wave, assignment }) => {
        const curve = told.get(trial)?.curve;
        const point = assignment as SavedOptimizer['proposals'][number]['assignment'];
        return { wave, assignment: point, ...(curve === undefined ? {} : { curve: curveToJson(curve) }) };
      }),
      asked,
      exhausted,
    }),
  };
}

import type { Assignment, Space } from '../../space/space.js';
import { nonDominatedRanks } from '../pareto/non-dominated-ranks.js';
import { isFailure, ranked } from '../ranking.js';
import type { AnySampler, Observation } from '../sampler.js';
import { notAsked, toldOtherwise, waveIsOpen } from './errors.js';
import { observeOutcome, type Outcome } from './outcome.js';
import { proposerOf } from './next-wave.js';
import { toldOf } from './observations.js';
import { plannedTraining } from './planned-training.js';
import { pointToJson, resultToJson, type SavedOptimizer } from './saved.js';

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
  /** The best trial told, by the primary objective; undefined where all failed or miss a constraint. */
  best(): Observation | undefined;
  /**
   * The Pareto front: the trials told, in trial order, that have a value in every objective, keep all constraints, and
   * of which no other is better in one objective and at least as good in all. With one objective the {@link best} alone.
   */
  front(): readonly Observation[];
  /** All trials told, in trial order. */
  history(): readonly Observation[];
  /** All that `resumeOptimizer` needs: `JSON.stringify(optimizer)`. */
  toJSON(): SavedOptimizer;
}

export type Proposal = Pick<Asked, 'trial' | 'wave' | 'assignment'>;

/** An optimizer that goes on from a state. */
export function optimizerFrom(sampler: AnySampler, space: Space, state: SavedOptimizer): Optimizer {
  const limit = state.trials ?? Infinity;
  const options = sampler.schema.parse(state.options) as never;
  const before = toldOf(state);
  const proposals: Proposal[] = [...before.proposals];
  const told = new Map(before.told.map((observation) => [observation.trial, observation]));
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

  const propose = proposerOf(sampler, space, state);

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
        const next = propose(proposals, history());
        proposals.push(...next.proposals);
        exhausted = next.exhausted;
      }
      const next = proposals[asked];
      if (next === undefined) return undefined;
      asked++;
      return withCandidate(next);
    },
    tell: (trial, outcome) => {
      const proposal = Number.isInteger(trial) && trial < asked ? proposals[trial] : undefined;
      if (proposal === undefined) throw notAsked(trial, asked);
      const observed = observeOutcome(trial, outcome, state);
      const before = told.get(trial);
      const textOf = (result: typeof observed): string => JSON.stringify(resultToJson(result));
      if (before !== undefined && textOf(before) !== textOf(observed)) {
        throw toldOtherwise(trial, before, observed);
      }
      if (before === undefined) told.set(trial, { ...proposal, ...observed });
    },
    pending: () => pending().map(withCandidate),
    best: () => {
      const [first] = ranked(history());
      return first === undefined || isFailure(first) ? undefined : first;
    },
    front: () => {
      // Of trials that trained for different times values alone would not tell.
      if (state.objectives === 1)
        return ranked(history())
          .slice(0, 1)
          .filter((one) => !isFailure(one));
      const pointOf = ({ objectives, value }: Observation): readonly number[] => objectives ?? [value];
      const sound = history().filter((one) => !isFailure(one) && pointOf(one).every(Number.isFinite));
      const ranks = nonDominatedRanks(sound.map(pointOf));
      return sound.filter((_, index) => ranks[index] === 0);
    },
    history,
    toJSON: () => ({
      ...state,
      proposals: proposals.map(({ trial, wave, assignment }) => {
        const result = told.get(trial);
        const point = pointToJson(assignment);
        return { wave, assignment: point, ...(result === undefined ? {} : resultToJson(result)) };
      }),
      asked,
      exhausted,
    }),
  };
}

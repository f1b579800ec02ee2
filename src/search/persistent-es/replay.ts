import { canonicalJson } from '../../core/json.js';
import { stream } from '../../core/random.js';
import type { Entry } from '../../space/space.js';
import { adamStart, adamStep, type AdamState } from '../gradient/adam.js';
import { dimensionsOf } from '../gradient/cube-point.js';
import { finiteValues } from '../gradient/finite-values.js';
import { isFailure } from '../ranking.js';
import { createReplayCache, replayWaves } from '../replay-cache.js';
import type { Observation, ProposalRequest } from '../sampler.js';
import { segmentAt, segmentCount } from '../segments.js';

interface Options {
  readonly interval: number;
  readonly sigma: number;
  readonly learningRate: number;
  readonly objective: 'final' | 'mean';
}

export interface PersistentEsState {
  /** Point of the real space whose image under the bounds is searched. */
  readonly mean: readonly number[];
  readonly adam: AdamState;
  /** Sum of the perturbations of each pair since its training began, for the positive particle. */
  readonly sums: readonly (readonly number[])[];
}

const cache = createReplayCache<PersistentEsState>();

/** Perturbation of a particle: particles 2i and 2i + 1 have opposite ones. */
export function particleOf(
  seed: string,
  wave: number,
  particle: number,
  size: number,
  sigma: number,
): readonly number[] {
  const random = stream(seed, 'persistent-es', wave, Math.floor(particle / 2));
  const sign = particle % 2 === 0 ? sigma : -sigma;
  return Array.from({ length: size }, () => sign * random.normal());
}

/** The state after all rounds told; the rounds on the mean alone teach nothing. */
export function replayPersistentEs(
  { history, space, seed, options, full = 1 }: ProposalRequest<Options>,
  entries: readonly Entry[],
): PersistentEsState {
  const key = canonicalJson([seed, full, { ...options }]);
  const size = dimensionsOf(entries);
  const start = { mean: new Array<number>(size).fill(0.5), adam: adamStart(size), sums: [] };
  const segments = segmentCount(options.interval, full);
  return replayWaves(
    cache,
    { space, key, history },
    () => start,
    (before, round) => {
      const place = round[0]!.wave % (segments + 1);
      if (place === segments) return before;
      return tellRound(before, round, segmentAt(place, options.interval, full).from, seed, options);
    },
  );
}

function tellRound(
  { mean, adam, sums: before }: PersistentEsState,
  round: readonly Observation[],
  from: number,
  seed: string,
  { sigma, learningRate, objective }: Options,
): PersistentEsState {
  const pairs = round.length / 2;
  const sums = Array.from({ length: pairs }, (_, pair) => {
    const offset = particleOf(seed, round[0]!.wave, 2 * pair, mean.length, sigma);
    return from === 0 ? offset : offset.map((value, axis) => value + before[pair]![axis]!);
  });
  const values = finiteValues(
    round.map((one) => (objective === 'mean' ? sumSince(one, from) : changeSince(one, from))),
  );
  if (values === undefined) return { mean, adam, sums };
  const gradient = mean.map((_, axis) =>
    sums.reduce((sum, total, pair) => {
      const difference = values[2 * pair]! - values[2 * pair + 1]!;
      return sum + (difference * total[axis]!) / (2 * pairs * sigma * sigma);
    }, 0),
  );
  const { state, move } = adamStep(adam, gradient, learningRate);
  return { mean: mean.map((value, axis) => value + move[axis]!), adam: state, sums };
}

/** The trial with what its unroll changed as its value: changes add up to the value at the end of the training. */
function changeSince(one: Observation, from: number): Observation {
  if (from === 0 || isFailure(one)) return one;
  return { ...one, value: one.value - one.curve[from - 1]! };
}

/** The trial with the sum of the values in its unroll: all unrolls together have the mean over the training. */
function sumSince(one: Observation, from: number): Observation {
  if (isFailure(one)) return one;
  return { ...one, value: one.curve.slice(from).reduce((sum, value) => sum + value, 0) };
}

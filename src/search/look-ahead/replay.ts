import { canonicalJson } from '../../core/json.js';
import type { Entry, Space } from '../../space/space.js';
import { onlyAdjustable } from '../adjustable-entries.js';
import { adamStart, adamStep, type AdamState } from '../gradient/adam.js';
import { dimensionsOf } from '../gradient/cube-point.js';
import { finiteValues } from '../gradient/finite-values.js';
import { isFailure } from '../ranking.js';
import { createReplayCache, replayWaves } from '../replay-cache.js';
import type { Observation, ProposalRequest, Round } from '../sampler.js';
import { segmentAt, segmentCount } from '../segments.js';

interface Options {
  readonly interval: number;
  readonly difference: number;
  readonly learningRate: number;
}

export interface LookAheadState {
  /** Point of the real space whose image under the bounds is used. */
  readonly point: readonly number[];
  readonly adam: AdamState;
}

/** Rounds with an even number probe, those with an odd one train. */
export const isProbing = (wave: number): boolean => wave % 2 === 0;

export function roundOf(
  index: number,
  { interval }: Pick<Options, 'interval'>,
  space: Space,
  full: number,
): Round {
  const size = dimensionsOf(onlyAdjustable('look-ahead', space));
  return { trials: isProbing(index) ? 2 * size : 1, ...segmentAt(Math.floor(index / 2), interval, full) };
}

const cache = createReplayCache<LookAheadState>();

export function replayLookAhead(
  { history, space, seed, options, full = 1 }: ProposalRequest<Options>,
  entries: readonly Entry[],
): LookAheadState {
  const key = canonicalJson([seed, full, { ...options }]);
  const size = dimensionsOf(entries);
  const start = { point: new Array<number>(size).fill(0.5), adam: adamStart(size) };
  const segments = segmentCount(options.interval, full);
  return replayWaves(
    cache,
    { space, key, history },
    () => start,
    (before, round) => {
      const { wave } = round[0]!;
      if (isProbing(wave)) return tellProbes(before, round, options);
      const ends = (Math.floor(wave / 2) + 1) % segments === 0;
      return ends && isFailure(round[0]!) ? start : before;
    },
  );
}

function tellProbes(
  before: LookAheadState,
  round: readonly Observation[],
  { difference, learningRate }: Options,
): LookAheadState {
  const values = finiteValues(round);
  if (values === undefined) return before;
  const gradient = before.point.map(
    (_, axis) => (values[2 * axis]! - values[2 * axis + 1]!) / (2 * difference),
  );
  const { state, move } = adamStep(before.adam, gradient, learningRate);
  return { point: before.point.map((value, axis) => value + move[axis]!), adam: state };
}

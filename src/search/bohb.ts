import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import type { Assignment, Space } from '../space/space.js';
import { fitDensity, imputeRows, type Density } from './bohb/density.js';
import { densityAt, type DensityAt } from './bohb/density-at.js';
import { pointsOfLargestFidelity, rowsOf, thinned } from './bohb/observed-points.js';
import { quantileAroundMean } from '../statistics/truncated-normal.js';
import { axisValue, modelAxes } from './model-axes.js';
import { refuseFormulas } from './refuse-formulas.js';
import type { Observation, ProposalRequest, Sampler } from './sampler.js';
import { drawUnseen, seenPoints, type SeenPoints } from './unseen.js';

const schema = z.strictObject({
  random: z
    .number()
    .min(0)
    .max(1)
    .default(1 / 3)
    .describe('probability that a trial is drawn from the space without the model'),
  samples: z
    .int()
    .min(1)
    .default(64)
    .describe('draws near good trials, of which the one with the largest ratio of densities is proposed'),
  good: z.number().gt(0).lt(1).default(0.15).describe('part of the trials that is good'),
  minimum: z
    .int()
    .min(2)
    .optional()
    .describe('good trials, and bad ones, that a fidelity needs to be modelled; default: axes + 1'),
  bandwidthFactor: z
    .number()
    .gt(0)
    .default(3)
    .describe('how much wider than the bandwidth the draws near a good trial are'),
  minimumBandwidth: z.number().gt(0).max(1).default(1e-3).describe('smallest bandwidth in the unit cube'),
});

type Options = z.infer<typeof schema>;

/** Densities below this count as this. */
const LEAST = 1e-32;

/** Kernels of one density: of more trials an even selection is modelled, with the bandwidths of all. */
const MOST_KERNELS = 500;

/**
 * BOHB: kernel densities of the good and the other trials, at the largest fidelity that has enough trials of both;
 * trials that went further count there with the value they had. Made for the fidelity policy `hyperband`, works with
 * any. Inactive entries are filled with values of other trials, drawn anew for each wave.
 */
export const bohb: Sampler<Options> = {
  name: 'bohb',
  summary: 'a density model of the largest fidelity with enough trials; for Hyperband',
  source: 'Falkner et al., ICML 2018; constants of HpBandSter',
  schema,
  check: (space) => refuseFormulas('bohb', space),
  waveSize: () => 8,
  propose: (request) => {
    const { options, space, seed, history, firstTrial, count } = request;
    const seen = seenPoints(space, history);
    const model = modelOf(request);
    return Array.from({ length: count }, (_, index) => {
      const random = stream(seed, 'bohb', firstTrial + index);
      const uniform = random.uniform() < options.random;
      const modelled =
        uniform || model === undefined ? undefined : proposeByModel(request, model, random, seen);
      const proposal = modelled ?? drawUnseen(space, seen, random);
      seen.add(proposal);
      return proposal;
    });
  },
};

/** The densities of the good and the bad trials. */
interface Model {
  readonly good: Density;
  readonly goodAt: DensityAt;
  readonly badAt: DensityAt;
}

/** The model of a wave; undefined where no fidelity has enough trials, or there is nothing to choose. */
function modelOf({ options, space, seed, history, wave }: ProposalRequest<Options>): Model | undefined {
  const axes = modelAxes(space);
  const observed = pointsOfLargestFidelity(space, history, options.good, options.minimum ?? axes.length + 1);
  if (observed === undefined || axes.length === 0) return undefined;
  const random = stream(seed, 'bohb', 'imputation', wave);
  const hasGaps = axes.some(({ entry }) => entry.conditions.length > 0);
  const densityOf = (observations: readonly Observation[]): Density => {
    const rows = rowsOf(axes, thinned(observations, MOST_KERNELS));
    const points = hasGaps ? imputeRows(axes, rows, random) : rows;
    return fitDensity(axes, points, options.minimumBandwidth, observations.length);
  };
  const good = densityOf(observed.good);
  return { good, goodAt: densityAt(good), badAt: densityAt(densityOf(observed.bad)) };
}

/** The point, new if there is one, with the largest l/g among draws near good trials; of equals the first. */
function proposeByModel(
  { options, space }: ProposalRequest<Options>,
  { good, goodAt, badAt }: Model,
  random: Stream,
  seen: SeenPoints,
): Assignment | undefined {
  const draws = Array.from({ length: options.samples }, (_, index) => {
    const unit = drawNear(space, good, options.bandwidthFactor, random);
    // Values that turn out to be inactive count as they were drawn.
    const values = Float64Array.from(good.axes, (axis) => axisValue(axis, unit[axis.coordinate]!));
    return { index, unit, values, dense: Math.max(LEAST, goodAt(values)) };
  });
  // The dense ones first: after them little need be summed of others.
  draws.sort((a, b) => b.dense - a.dense || a.index - b.index);
  let best: { readonly point: Assignment; readonly index: number } | undefined;
  let lowest = Infinity;
  for (const { index, unit, values, dense } of draws) {
    // A ratio that is higher than the lowest need not be known.
    const ratio = Math.max(LEAST, badAt(values, lowest * dense)) / dense;
    if (best !== undefined && !(ratio < lowest || (ratio === lowest && index < best.index))) continue;
    const point = space.decode(unit);
    if (seen.has(point)) continue;
    best = { point, index };
    lowest = ratio;
  }
  return best?.point;
}

/** A point of the unit cube near a random point of the density. */
function drawNear(
  space: Space,
  { axes, points, bandwidths }: Density,
  factor: number,
  random: Stream,
): readonly number[] {
  const unit = new Array<number>(space.dimensions).fill(0.5);
  const center = points[random.integer(points.length)]!;
  axes.forEach(({ coordinate, choices }, axis) => {
    const value = center[axis]!;
    const bandwidth = bandwidths[axis]!;
    const first = random.uniform();
    if (choices > 0) {
      // Drawn in any case, so that options shift no stream.
      const other = Math.floor(random.uniform() * choices);
      unit[coordinate] = ((first < bandwidth ? other : value) + 0.5) / choices;
      return;
    }
    const width = factor * bandwidth;
    const moved = value + width * quantileAroundMean(first, -value / width, (1 - value) / width);
    unit[coordinate] = Math.min(1, Math.max(0, moved));
  });
  return unit;
}

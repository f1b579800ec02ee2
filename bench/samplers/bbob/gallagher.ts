import { uniforms } from './generator.js';
import { rotation, times, transposed, type Vector } from './linear.js';
import { oscillated, powers } from './transforms.js';
import type { BbobFunction } from './bbob-function.js';

/** Places of the numbers in ascending order. */
const ascending = (numbers: Vector): number[] =>
  numbers.map((_, index) => index).sort((a, b) => numbers[a]! - numbers[b]! || a - b);

interface Peaks {
  readonly id: number;
  readonly count: number;
  /** Condition of the highest peak. */
  readonly condition: number;
  /** Keeps the peaks away from the bounds. */
  readonly spread: number;
}

/** f21 and f22: Gaussian peaks at random places, one of them the highest. */
export const gallagher = ({ id, count, condition, spread }: Peaks): BbobFunction => ({
  id,
  name: `Gallagher, ${count} peaks`,
  create: (seed, d) => {
    const rows = rotation(seed, d);
    const turn = transposed(rows);
    const others = powers(1000, count - 1);
    const conditions = [condition, ...ascending(uniforms(count - 1, seed)).map((place) => others[place]!)];
    const weights = conditions.map((one, peak) => {
      const scales = powers(one, d).map((scale) => scale / Math.sqrt(one));
      return ascending(uniforms(d, seed + 1e3 * peak)).map((place) => scales[place]!);
    });
    const heights = conditions.map((_, peak) => (peak === 0 ? 10 : 1.1 + (8 * (peak - 1)) / (count - 2)));
    const places = uniforms(d * count, seed).map((u) => spread * (10 * u - 5));
    const centres = conditions.map((_, peak) => {
      const centre = times(turn, places.slice(peak * d, (peak + 1) * d));
      return peak === 0 ? centre.map((value) => 0.8 * value) : centre;
    });
    return {
      optimum: times(rows, centres[0]!),
      excess: (x) => {
        const z = times(turn, x);
        let highest = 0;
        for (let peak = 0; peak < count; peak++) {
          const weight = weights[peak]!;
          const centre = centres[peak]!;
          let distance = 0;
          for (let i = 0; i < d; i++) distance += weight[i]! * (z[i]! - centre[i]!) ** 2;
          highest = Math.max(highest, heights[peak]! * Math.exp((-0.5 / d) * distance));
        }
        return oscillated(10 - highest) ** 2;
      },
    };
  },
});

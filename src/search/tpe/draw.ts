import type { Stream } from '../../core/random.js';
import type { AxisKernels, Mixture } from './mixture.js';
import { choiceProbability } from './parzen.js';
import { truncatedNormalQuantile } from './truncated-normal.js';

/** A unit coordinate for each axis of the mixture, all from one kernel; whether they are active is not looked at. */
export function drawPoint({ weights, axes }: Mixture, random: Stream): number[] {
  const kernel = indexOfMass(weights, random.uniform());
  return axes.map((axis) => drawCoordinate(axis, axis.kernelOf[kernel]!, random.uniform()));
}

function drawCoordinate({ axis, centers, widths, observations }: AxisKernels, id: number, u: number): number {
  const center = centers[id]!;
  const { choices } = axis;
  if (choices === 0) {
    const width = widths[id]!;
    const x = center + width * truncatedNormalQuantile(u, -center / width, (1 - center) / width);
    return Math.min(1, Math.max(0, x));
  }
  const observed = center < 0 ? undefined : center;
  const chances = Float64Array.from({ length: choices }, (_, choice) =>
    choiceProbability(choice, observed, observations, choices),
  );
  return (indexOfMass(chances, u) + 0.5) / choices;
}

/** The first index at which the running sum of probabilities exceeds u; the last one where rounding leaves none. */
export function indexOfMass(probabilities: Float64Array, u: number): number {
  let sum = 0;
  const index = probabilities.findIndex((probability) => {
    sum += probability;
    return u < sum;
  });
  return index === -1 ? probabilities.length - 1 : index;
}

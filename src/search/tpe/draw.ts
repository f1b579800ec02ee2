import type { Stream } from '../../core/random.js';
import { truncatedNormalQuantile } from '../../statistics/truncated-normal.js';
import type { CellKernels } from './cell-kernels.js';
import type { Mixture } from './mixture.js';
import { choiceProbability } from './parzen.js';

/** A unit coordinate for each axis of the mixture, all from one kernel; whether they are active is not looked at. */
export function drawPoint({ weights, axes }: Mixture, random: Stream): number[] {
  const kernel = indexOfMass(weights, random.uniform());
  return axes.map((kernels) => {
    const id = 'kernelOf' in kernels ? kernels.kernelOf[kernel]! : kernel;
    const center = kernels.centers[id]!;
    const u = random.uniform();
    if (kernels.axis.choices > 0) return drawChoice(kernels as CellKernels, center, u);
    const width = kernels.widths[id]!;
    const x = center + width * truncatedNormalQuantile(u, -center / width, (1 - center) / width);
    return Math.min(1, Math.max(0, x));
  });
}

function drawChoice({ axis, observations }: CellKernels, center: number, u: number): number {
  const observed = center < 0 ? undefined : center;
  const chances = Float64Array.from({ length: axis.choices }, (_, choice) =>
    choiceProbability(choice, observed, observations, axis.choices),
  );
  return (indexOfMass(chances, u) + 0.5) / axis.choices;
}

/** The first index at which the running sum of probabilities exceeds u; the last one where rounding leaves none. */
export function indexOfMass(probabilities: Float64Array, u: number): number {
  let sum = 0;
  for (let index = 0; index < probabilities.length; index++) {
    sum += probabilities[index]!;
    if (u < sum) return index;
  }
  return probabilities.length - 1;
}

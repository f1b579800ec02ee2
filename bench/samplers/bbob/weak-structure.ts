import type { BbobFunction } from './bbob-function.js';
import { gallagher } from './gallagher.js';
import { normals, uniforms } from './generator.js';
import { product, rotation, scaledRows, times, transposed, type Matrix } from './linear.js';
import { drawnOptimum, minus, powers } from './transforms.js';

/** Q Λ R of condition 100. */
function conditioned(seed: number, d: number): Matrix {
  const inner = scaledRows(powers(10, d), transposed(rotation(seed, d)));
  return product(transposed(rotation(seed + 1e6, d)), inner);
}

/** Doublings of Katsuura's function. */
const DOUBLINGS = Array.from({ length: 32 }, (_, index) => 2 ** (index + 1));

/** f20 to f24: many hills whose heights say little about where the lowest is. */
export const weakStructure: readonly BbobFunction[] = [
  {
    id: 20,
    name: 'Schwefel',
    create: (seed, d) => {
      const optimum = uniforms(d, seed).map((u) => (Math.sign(u - 0.5) * 4.2096874633) / 2);
      const scales = powers(10 ** 0.5, d);
      const top = 4.2096874633;
      return {
        optimum,
        excess: (x) => {
          const flipped = x.map((value, index) => 2 * Math.sign(optimum[index]!) * value);
          let sum = 0;
          let outside = 0;
          for (let index = 0; index < d; index++) {
            const former = index === 0 ? 0 : 0.25 * (flipped[index - 1]! - top);
            const z = 100 * (scales[index]! * (flipped[index]! + former - top) + top);
            sum += z * Math.sin(Math.sqrt(Math.abs(z)));
            outside += Math.max(0, Math.abs(z) - 500) ** 2;
          }
          return 0.01 * (418.9828872724339 - sum / d) + 0.01 * outside;
        },
      };
    },
  },
  gallagher({ id: 21, count: 101, condition: Math.sqrt(1000), spread: 1 }),
  gallagher({ id: 22, count: 21, condition: 1000, spread: 0.98 }),
  {
    id: 23,
    name: 'Katsuura',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const matrix = conditioned(seed, d);
      return {
        optimum,
        excess: (x) => {
          const logarithm = times(matrix, minus(x, optimum)).reduce((total, value, index) => {
            const roughness = DOUBLINGS.reduce(
              (sum, factor) => sum + Math.abs(factor * value - Math.round(factor * value)) / factor,
              0,
            );
            return total + Math.log1p((index + 1) * roughness);
          }, 0);
          return (10 / d ** 2) * Math.expm1((10 / d ** 1.2) * logarithm);
        },
      };
    },
  },
  {
    id: 24,
    name: 'Lunacek bi-Rastrigin',
    create: (seed, d) => {
      const low = 2.5;
      const optimum = normals(d, seed).map((value) => (low / 2) * Math.sign(value));
      const matrix = conditioned(seed, d);
      const s = 1 - 0.5 / (Math.sqrt(d + 20) - 4.1);
      const high = -Math.sqrt((low ** 2 - 1) / s);
      return {
        optimum,
        excess: (x) => {
          const flipped = x.map((value, index) => 2 * Math.sign(optimum[index]!) * value);
          const left = flipped.reduce((sum, value) => sum + (value - low) ** 2, 0);
          const right = flipped.reduce((sum, value) => sum + (value - high) ** 2, 0);
          const waves = times(
            matrix,
            flipped.map((value) => value - low),
          ).reduce((sum, value) => sum + 1 - Math.cos(2 * Math.PI * value), 0);
          return Math.min(left, d + s * right) + 10 * waves;
        },
      };
    },
  },
];

import type { BbobFunction } from './bbob-function.js';
import { product, rotation, scaledRows, times, transposed } from './linear.js';
import { asymmetric, course, drawnOptimum, minus, oscillated, powers, squares } from './transforms.js';

/** f10 to f14: one hill, condition 100 and more. */
export const illConditioned: readonly BbobFunction[] = [
  {
    id: 10,
    name: 'ellipsoid, rotated',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const turn = transposed(rotation(seed + 1e6, d));
      const scales = powers(1e6, d);
      return {
        optimum,
        excess: (x) =>
          times(turn, minus(x, optimum)).reduce(
            (sum, value, index) => sum + scales[index]! * oscillated(value) ** 2,
            0,
          ),
      };
    },
  },
  {
    id: 11,
    name: 'discus',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const turn = transposed(rotation(seed + 1e6, d));
      return {
        optimum,
        excess: (x) => {
          const z = times(turn, minus(x, optimum)).map(oscillated);
          return squares(z) + (1e6 - 1) * z[0]! ** 2;
        },
      };
    },
  },
  {
    id: 12,
    name: 'bent cigar',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed + 1e6, d);
      const turn = transposed(rotation(seed + 1e6, d));
      return {
        optimum,
        excess: (x) => {
          const z = times(turn, asymmetric(0.5, times(turn, minus(x, optimum))));
          return 1e6 * squares(z.slice(1)) + z[0]! ** 2;
        },
      };
    },
  },
  {
    id: 13,
    name: 'sharp ridge',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const inner = transposed(rotation(seed, d));
      const matrix = product(transposed(rotation(seed + 1e6, d)), scaledRows(powers(10 ** 0.5, d), inner));
      return {
        optimum,
        excess: (x) => {
          const z = times(matrix, minus(x, optimum));
          return z[0]! ** 2 + 100 * Math.sqrt(squares(z.slice(1)));
        },
      };
    },
  },
  {
    id: 14,
    name: 'different powers',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const turn = transposed(rotation(seed + 1e6, d));
      const exponents = course(d).map((part) => 2 + 4 * part);
      return {
        optimum,
        excess: (x) =>
          Math.sqrt(
            times(turn, minus(x, optimum)).reduce(
              (sum, value, index) => sum + Math.abs(value) ** exponents[index]!,
              0,
            ),
          ),
      };
    },
  },
];

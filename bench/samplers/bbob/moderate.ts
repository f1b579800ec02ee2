import type { BbobFunction } from './bbob-function.js';
import { product, rotation, scaledRows, times, transposed } from './linear.js';
import { drawnOptimum, minus, oscillated, powers, rosenbrockTerms, squares } from './transforms.js';

const sum = (terms: readonly number[]): number => terms.reduce((total, term) => total + term, 0);

/** f6 to f9: low or moderate conditioning. */
export const moderate: readonly BbobFunction[] = [
  {
    id: 6,
    name: 'attractive sector',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const inner = transposed(rotation(seed, d));
      const matrix = product(transposed(rotation(seed + 1e6, d)), scaledRows(powers(10 ** 0.5, d), inner));
      return {
        optimum,
        excess: (x) => {
          const z = times(matrix, minus(x, optimum));
          return (
            oscillated(squares(z.map((value, i) => (value * optimum[i]! > 0 ? 100 * value : value)))) ** 0.9
          );
        },
      };
    },
  },
  {
    id: 7,
    name: 'step ellipsoid',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const scales = powers(100, d);
      const inner = scaledRows(powers(10 ** 0.5, d), transposed(rotation(seed, d)));
      const outer = transposed(rotation(seed + 1e6, d));
      return {
        optimum,
        excess: (x) => {
          const raw = times(inner, minus(x, optimum));
          const stairs = raw.map((value) =>
            Math.abs(value) > 0.5 ? Math.floor(0.5 + value) : Math.floor(0.5 + 10 * value) / 10,
          );
          const height = sum(times(outer, stairs).map((value, index) => scales[index]! * value * value));
          return 0.1 * Math.max(Math.abs(raw[0]!) / 1e4, height);
        },
      };
    },
  },
  {
    id: 8,
    name: 'Rosenbrock',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d).map((value) => 0.75 * value);
      const scale = Math.max(1, Math.sqrt(d) / 8);
      return {
        optimum,
        excess: (x) => sum(rosenbrockTerms(x.map((value, i) => scale * (value - optimum[i]!) + 1))),
      };
    },
  },
  {
    id: 9,
    name: 'Rosenbrock, rotated',
    create: (seed, d) => {
      const scale = Math.max(1, Math.sqrt(d) / 8);
      const turned = rotation(seed, d);
      const matrix = transposed(turned).map((row) => row.map((value) => scale * value));
      // M x + 1/2 = 1 where x is the image of (1/2, …) under the inverse of M.
      const optimum = turned.map((row) => sum(row) / (2 * scale));
      return {
        optimum,
        excess: (x) => sum(rosenbrockTerms(times(matrix, x).map((value) => value + 0.5))),
      };
    },
  },
];

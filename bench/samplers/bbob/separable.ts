import type { BbobFunction } from './bbob-function.js';
import { asymmetric, drawnOptimum, minus, oscillated, powers, rastrigin, squares } from './transforms.js';

/** f1 to f5: every coordinate can be searched alone. */
export const separable: readonly BbobFunction[] = [
  {
    id: 1,
    name: 'sphere',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      return { optimum, excess: (x) => squares(minus(x, optimum)) };
    },
  },
  {
    id: 2,
    name: 'ellipsoid',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const scales = powers(1e6, d);
      return {
        optimum,
        excess: (x) =>
          scales.reduce((sum, scale, index) => sum + scale * oscillated(x[index]! - optimum[index]!) ** 2, 0),
      };
    },
  },
  {
    id: 3,
    name: 'Rastrigin',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const scales = powers(10 ** 0.5, d);
      return {
        optimum,
        excess: (x) => {
          const z = asymmetric(0.2, minus(x, optimum).map(oscillated));
          return rastrigin(z.map((value, index) => value * scales[index]!));
        },
      };
    },
  },
  {
    id: 4,
    name: 'Büche-Rastrigin',
    seedOf: 3,
    create: (seed, d) => {
      // Every other coordinate is steeper by ten where it is too large.
      const optimum = drawnOptimum(seed, d).map((value, index) =>
        index % 2 === 0 ? Math.abs(value) : value,
      );
      const scales = powers(10 ** 0.5, d);
      return {
        optimum,
        excess: (x) =>
          rastrigin(
            scales.map((scale, index) => {
              const value = oscillated(x[index]! - optimum[index]!);
              return scale * (index % 2 === 0 && value > 0 ? 10 * value : value);
            }),
          ),
      };
    },
  },
  {
    id: 5,
    name: 'linear slope',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d).map((value) => 5 * Math.sign(value));
      const slopes = powers(10, d).map((scale, index) => Math.sign(optimum[index]!) * scale);
      return {
        optimum,
        excess: (x) => slopes.reduce((sum, slope, index) => sum + slope * (optimum[index]! - x[index]!), 0),
      };
    },
  },
];

import type { BbobFunction } from './bbob-function.js';
import { product, rotation, scaledRows, times, transposed, type Matrix } from './linear.js';
import {
  asymmetric,
  drawnOptimum,
  minus,
  oscillated,
  powers,
  rastrigin,
  rosenbrockTerms,
} from './transforms.js';

/** Terms of Weierstrass's function. */
const WEIERSTRASS = Array.from({ length: 12 }, (_, k) => ({ weight: 0.5 ** k, frequency: 3 ** k }));

const weierstrass = (x: number): number =>
  WEIERSTRASS.reduce(
    (sum, { weight, frequency }) => sum + weight * Math.cos(2 * Math.PI * frequency * (x + 0.5)),
    0,
  );

const turned = (seed: number, d: number): Matrix => transposed(rotation(seed, d));

const schaffers = (id: number, condition: number): BbobFunction => ({
  id,
  name: `Schaffers F7, condition ${condition}`,
  seedOf: 17,
  create: (seed, d) => {
    const optimum = drawnOptimum(seed, d);
    const outer = turned(seed + 1e6, d);
    const inner = scaledRows(powers(Math.sqrt(condition), d), turned(seed, d));
    return {
      optimum,
      excess: (x) => {
        const z = times(inner, asymmetric(0.5, times(outer, minus(x, optimum))));
        let sum = 0;
        for (let index = 1; index < d; index++) {
          const s = z[index - 1]! ** 2 + z[index]! ** 2;
          sum += s ** 0.25 * (Math.sin(50 * s ** 0.1) ** 2 + 1);
        }
        return (sum / (d - 1)) ** 2;
      },
    };
  },
});

/** f15 to f19: many hills with a structure that leads to the lowest. */
export const multimodal: readonly BbobFunction[] = [
  {
    id: 15,
    name: 'Rastrigin, rotated',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const outer = turned(seed + 1e6, d);
      const matrix = product(outer, scaledRows(powers(10 ** 0.5, d), turned(seed, d)));
      return {
        optimum,
        excess: (x) =>
          rastrigin(times(matrix, asymmetric(0.2, times(outer, minus(x, optimum)).map(oscillated)))),
      };
    },
  },
  {
    id: 16,
    name: 'Weierstrass',
    create: (seed, d) => {
      const optimum = drawnOptimum(seed, d);
      const outer = turned(seed + 1e6, d);
      const matrix = product(outer, scaledRows(powers(0.1, d), turned(seed, d)));
      const lowest = weierstrass(0);
      return {
        optimum,
        excess: (x) => {
          const z = times(matrix, times(outer, minus(x, optimum)).map(oscillated));
          const mean = z.reduce((sum, value) => sum + weierstrass(value), 0) / d;
          return 10 * (mean - lowest) ** 3;
        },
      };
    },
  },
  schaffers(17, 10),
  schaffers(18, 1000),
  {
    id: 19,
    name: 'Griewank-Rosenbrock',
    create: (seed, d) => {
      const scale = Math.max(1, Math.sqrt(d) / 8);
      const rows = rotation(seed, d);
      const matrix = transposed(rows).map((row) => row.map((value) => scale * value));
      return {
        optimum: rows.map((row) => row.reduce((sum, value) => sum + value, 0) / (2 * scale)),
        excess: (x) => {
          const terms = rosenbrockTerms(times(matrix, x).map((value) => value + 0.5));
          return 10 + (10 * terms.reduce((sum, s) => sum + s / 4000 - Math.cos(s), 0)) / (d - 1);
        },
      };
    },
  },
];

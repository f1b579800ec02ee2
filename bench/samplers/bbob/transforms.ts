import { uniforms } from './generator.js';
import type { Vector } from './linear.js';

/** i / (d − 1) for i = 0 … d − 1, d ≥ 2: from the first coordinate to the last. */
export const course = (d: number): number[] => Array.from({ length: d }, (_, index) => index / (d - 1));

/** condition^(i / (d − 1)): the eigenvalues of an ellipsoid; of its square root for Λ of the definition. */
export const powers = (condition: number, d: number): number[] => course(d).map((part) => condition ** part);

/** T_osz of one number: small irregular bumps, the same for no two scales. */
export function oscillated(value: number): number {
  if (value === 0) return 0;
  const x = Math.log(Math.abs(value)) / 0.1;
  const [first, second] = value > 0 ? [1, 0.79] : [0.55, 0.31];
  return Math.sign(value) * Math.exp(x + 0.49 * (Math.sin(first * x) + Math.sin(second * x))) ** 0.1;
}

/** T_asy: breaks the symmetry, more so in later coordinates. */
export function asymmetric(beta: number, x: Vector): number[] {
  const last = x.length - 1;
  return x.map((value, index) =>
    value > 0 ? value ** (1 + ((beta * index) / last) * Math.sqrt(value)) : value,
  );
}

/** x_opt of most functions: uniform in [−4, 4], rounded, nowhere 0. */
export function drawnOptimum(seed: number, d: number): number[] {
  return uniforms(d, seed).map((u) => (8 * Math.floor(1e4 * u)) / 1e4 - 4 || -1e-5);
}

export const squares = (x: Vector): number => x.reduce((sum, value) => sum + value * value, 0);

export const minus = (a: Vector, b: Vector): number[] => a.map((value, index) => value - b[index]!);

/** Rastrigin's function, minimum 0 at 0. */
export const rastrigin = (z: Vector): number =>
  z.reduce((sum, value) => sum + 10 * (1 - Math.cos(2 * Math.PI * value)) + value * value, 0);

/** Rosenbrock's terms of neighbours, all 0 at (1, …, 1). */
export const rosenbrockTerms = (z: Vector): number[] =>
  z
    .slice(1)
    .map((next, index) => 100 * (z[index]! * z[index]! - next) ** 2 + (z[index]! - 1) * (z[index]! - 1));

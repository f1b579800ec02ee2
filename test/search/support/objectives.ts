import type { Assignment } from '../../../src/space/space.js';

/** The numbers of an assignment, in the order of the space. */
export const numbersOf = (assignment: Assignment): number[] => Object.values(assignment).map(Number);

/** Minimum 0 at (c, …, c). */
export const sphere =
  (center: number) =>
  (x: readonly number[]): number =>
    x.reduce((sum, value) => sum + (value - center) ** 2, 0);

/** Minimum 0 at (1, …, 1). */
export const rosenbrock = (x: readonly number[]): number =>
  x.slice(1).reduce((sum, next, index) => sum + 100 * (next - x[index]! ** 2) ** 2 + (1 - x[index]!) ** 2, 0);

export const BRANIN_MINIMUM = 0.39788735772973816;

/** x in [−5, 10], y in [0, 15]. */
export function branin([x, y]: readonly number[]): number {
  const b = 5.1 / (4 * Math.PI ** 2);
  return (y! - b * x! ** 2 + (5 / Math.PI) * x! - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x!) + 10;
}

const hartmann = (a: readonly (readonly number[])[], p: readonly (readonly number[])[]) => {
  const alpha = [1, 1.2, 3, 3.2];
  return (x: readonly number[]): number =>
    -alpha.reduce((sum, weight, row) => {
      const exponent = x.reduce(
        (inner, value, column) => inner + a[row]![column]! * (value - p[row]![column]! * 1e-4) ** 2,
        0,
      );
      return sum + weight * Math.exp(-exponent);
    }, 0);
};

export const HARTMANN3_MINIMUM = -3.86278;
export const HARTMANN3_AT = [0.114614, 0.555649, 0.852547];
export const hartmann3 = hartmann(
  [
    [3, 10, 30],
    [0.1, 10, 35],
    [3, 10, 30],
    [0.1, 10, 35],
  ],
  [
    [3689, 1170, 2673],
    [4699, 4387, 7470],
    [1091, 8732, 5547],
    [381, 5743, 8828],
  ],
);

export const HARTMANN6_MINIMUM = -3.32237;
export const HARTMANN6_AT = [0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573];
export const hartmann6 = hartmann(
  [
    [10, 3, 17, 3.5, 1.7, 8],
    [0.05, 10, 17, 0.1, 8, 14],
    [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ],
  [
    [1312, 1696, 5569, 124, 8283, 5886],
    [2329, 4135, 8307, 3736, 1004, 9991],
    [2348, 1451, 3522, 2883, 3047, 6650],
    [4047, 8828, 8732, 5743, 1091, 381],
  ],
);

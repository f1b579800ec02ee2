import type { TargetKind } from '../../src/problem/head.js';

type OfClass = (p: number, t: number) => number;
type OfResidual = (r: number) => number;

/** Formulas of the loss `symbolic` for classes, and the same in JavaScript. All operators occur. */
export const CLASS_FORMULAS: Readonly<Record<string, OfClass>> = {
  '-(t * log(p))': (p, t) => -t * Math.log(p),
  't / p - log(p)': (p, t) => t / p - Math.log(p),
  'square(p - t) - (1 - p)^2 * t * log(p)': (p, t) => (p - t) ** 2 - (1 - p) ** 2 * t * Math.log(p),
  'sqrt(abs(p - t) + 0.1) - (1 - t) * log(1 - p)': (p, t) =>
    Math.sqrt(Math.abs(p - t) + 0.1) - (1 - t) * Math.log(1 - p),
  'tanh(p - t) * (p - t) + exp(-(p * t)) - min(0.47, p) * max(p, t)': (p, t) =>
    Math.tanh(p - t) * (p - t) + Math.exp(-p * t) - Math.min(0.47, p) * Math.max(p, t),
  '(0.2 + p)^(1 + t) + log(0.5 * p) / (p - 3)': (p, t) => (0.2 + p) ** (1 + t) + Math.log(0.5 * p) / (p - 3),
};

export const RESIDUAL_FORMULAS: Readonly<Record<string, OfResidual>> = {
  'square(r)': (r) => r * r,
  'log(exp(r) + exp(-r))': (r) => Math.log(Math.exp(r) + Math.exp(-r)),
  'max(abs(r) - 0.5, square(r)) + r / (1 + square(r))': (r) =>
    Math.max(Math.abs(r) - 0.5, r * r) + r / (1 + r * r),
  'r^1.5 + sqrt(1 + square(r)) + tanh(r) * min(r, 0.3)': (r) =>
    Math.abs(r) ** 1.5 + Math.sqrt(1 + r * r) + Math.tanh(r) * Math.min(r, 0.3),
};

/** Values that the tests give to an option that is a text. */
export const textsFor = (kind: TargetKind): readonly string[] =>
  Object.keys(kind === 'regression' ? RESIDUAL_FORMULAS : CLASS_FORMULAS);

import type { Interval } from './interval.js';

/** What a loss formula is a function of. */
export interface Variable {
  readonly bounds: Interval;
  /** The gradient of the loss goes through it. */
  readonly predicted: boolean;
  readonly summary: string;
}

/** The variables of loss formulas by name. */
export const VARIABLES = {
  p: { bounds: { low: 0, high: 1 }, predicted: true, summary: 'predicted probability of the class' },
  t: {
    bounds: { low: 0, high: 1 },
    predicted: false,
    summary: 'target: 1 for the class of the sample, else 0',
  },
  r: {
    bounds: { low: -Infinity, high: Infinity },
    predicted: true,
    summary: 'residual: prediction − target',
  },
} as const satisfies Readonly<Record<string, Variable>>;

export type VariableName = keyof typeof VARIABLES;

export const VARIABLE_NAMES = Object.keys(VARIABLES) as readonly VariableName[];

/** Of any name: an unknown one may take every value. */
export function variableNamed(name: string): Variable | undefined {
  return Object.hasOwn(VARIABLES, name) ? VARIABLES[name as VariableName] : undefined;
}

/**
 * Formulas whose logarithm and powers the loss `symbolic` takes from the logits, without protection: the logarithm has no
 * lower end.
 */
export const KNOWN_BY_LOGIT: readonly string[] = ['p', '1 - p'];

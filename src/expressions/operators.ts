import {
  addIntervals,
  magnitude,
  mapInterval,
  multiplyIntervals,
  negateInterval,
  type Interval,
} from './interval.js';

/** Smallest magnitude of a denominator, and of what a logarithm, a root or a power is taken of (EvoMAL has the same). */
export const TINY = 1e-7;

/** Largest exponent: e^20 is 4.9e8, whose square is still far inside float32. */
export const LARGEST_EXPONENT = 20;

/** One operator of the language: total, so that every formula has a value everywhere. */
export interface Operator {
  /** 1 or 2 operands. */
  readonly arity: 1 | 2;
  /** How it is written between (or, `neg`, before) its operands, and how strongly it binds; absent for functions. */
  readonly infix?: { readonly symbol: string; readonly binding: 1 | 2 | 3 | 4 };
  /** f(a, b) = f(b, a). */
  readonly commutative?: true;
  /** f(−a) = f(a), in the first operand. */
  readonly even?: true;
  /** With its protection. */
  readonly formula: string;
  /** LaTeX from the LaTeX of the operands, which need no parentheses but where `infix` says so. */
  latex(a: string, b: string): string;
  evaluate(a: number, b: number): number;
  /** An interval that holds all values. */
  bounds(a: Interval, b: Interval): Interval;
}

const away = (value: number): number => Math.max(Math.abs(value), TINY);

/** The denominator moved away from 0; 0 itself counts as positive. */
const denominator = (value: number): number => (value < 0 ? -away(value) : away(value));

const power = (a: number, b: number): number => Math.exp(Math.min(b * Math.log(away(a)), LARGEST_EXPONENT));

/** Of 1/b. */
function reciprocal({ low, high }: Interval): Interval {
  if (low >= 0 || high < 0) return { low: 1 / denominator(high), high: 1 / denominator(low) };
  return { low: -1 / TINY, high: 1 / TINY };
}

/**
 * The operators by name. Division, logarithm, root and power keep |operand| above {@link TINY}, exponents stay below
 * {@link LARGEST_EXPONENT}: no operand gives NaN or ∞, and derivatives stay finite.
 */
export const OPERATORS = {
  add: {
    arity: 2,
    infix: { symbol: '+', binding: 1 },
    commutative: true,
    formula: 'a + b',
    latex: (a, b) => `${a} + ${b}`,
    evaluate: (a, b) => a + b,
    bounds: addIntervals,
  },
  sub: {
    arity: 2,
    infix: { symbol: '-', binding: 1 },
    formula: 'a − b',
    latex: (a, b) => `${a} - ${b}`,
    evaluate: (a, b) => a - b,
    bounds: (a, b) => addIntervals(a, negateInterval(b)),
  },
  mul: {
    arity: 2,
    infix: { symbol: '*', binding: 2 },
    commutative: true,
    formula: 'a · b',
    latex: (a, b) => `${a} \\cdot ${b}`,
    evaluate: (a, b) => a * b,
    bounds: multiplyIntervals,
  },
  div: {
    arity: 2,
    infix: { symbol: '/', binding: 2 },
    formula: 'a / b, |b| at least 1e-7',
    latex: (a, b) => `\\frac{${a}}{${b}}`,
    evaluate: (a, b) => a / denominator(b),
    bounds: (a, b) => multiplyIntervals(a, reciprocal(b)),
  },
  pow: {
    arity: 2,
    infix: { symbol: '^', binding: 4 },
    even: true,
    formula: '|a|^b, |a| at least 1e-7, at most e^20',
    latex: (a, b) => `${a}^{${b}}`,
    evaluate: power,
    bounds: () => ({ low: 0, high: Math.exp(LARGEST_EXPONENT) }),
  },
  neg: {
    arity: 1,
    infix: { symbol: '-', binding: 3 },
    formula: '−a',
    latex: (a) => `-${a}`,
    evaluate: (a) => -a,
    bounds: negateInterval,
  },
  log: {
    arity: 1,
    even: true,
    formula: 'log |a|, |a| at least 1e-7',
    latex: (a) => `\\log\\left(${a}\\right)`,
    evaluate: (a) => Math.log(away(a)),
    bounds: (a) => mapInterval(magnitude(a), (value) => Math.log(away(value))),
  },
  exp: {
    arity: 1,
    formula: 'e^a, a at most 20',
    latex: (a) => `e^{${a}}`,
    evaluate: (a) => Math.exp(Math.min(a, LARGEST_EXPONENT)),
    bounds: (a) => mapInterval(a, (value) => Math.exp(Math.min(value, LARGEST_EXPONENT))),
  },
  sqrt: {
    arity: 1,
    even: true,
    formula: '√|a|, |a| at least 1e-7',
    latex: (a) => `\\sqrt{${a}}`,
    evaluate: (a) => Math.sqrt(away(a)),
    bounds: (a) => mapInterval(magnitude(a), (value) => Math.sqrt(away(value))),
  },
  square: {
    arity: 1,
    even: true,
    formula: 'a²',
    latex: (a) => `${a}^2`,
    evaluate: (a) => a * a,
    bounds: (a) => mapInterval(magnitude(a), (value) => value * value),
  },
  abs: {
    arity: 1,
    even: true,
    formula: '|a|',
    latex: (a) => `\\left|${a}\\right|`,
    evaluate: Math.abs,
    bounds: magnitude,
  },
  tanh: {
    arity: 1,
    formula: 'tanh a',
    latex: (a) => `\\tanh\\left(${a}\\right)`,
    evaluate: Math.tanh,
    bounds: (a) => mapInterval(a, Math.tanh),
  },
  min: {
    arity: 2,
    commutative: true,
    formula: 'the smaller of a and b',
    latex: (a, b) => `\\min\\left(${a}, ${b}\\right)`,
    evaluate: Math.min,
    bounds: (a, b) => ({ low: Math.min(a.low, b.low), high: Math.min(a.high, b.high) }),
  },
  max: {
    arity: 2,
    commutative: true,
    formula: 'the larger of a and b',
    latex: (a, b) => `\\max\\left(${a}, ${b}\\right)`,
    evaluate: Math.max,
    bounds: (a, b) => ({ low: Math.max(a.low, b.low), high: Math.max(a.high, b.high) }),
  },
} as const satisfies Readonly<Record<string, Operator>>;

export type OperatorName = keyof typeof OPERATORS;

/** In the order of the table above. */
export const OPERATOR_NAMES = Object.keys(OPERATORS) as readonly OperatorName[];

export const operatorOf = (name: OperatorName): Operator => OPERATORS[name];

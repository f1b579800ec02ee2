/** Where constants of random expressions come from. */
export interface ConstantRange {
  readonly low: number;
  /** Above `low`. */
  readonly high: number;
}

/** Digits of a constant: more say nothing about a loss. */
const DIGITS = 4;
/** Part of the coordinates that stands for constants anywhere: what folding and mutation may lead to. */
const ANYWHERE = 0.01;
/** Exponents of the decades of these constants: 1e-4 up to below 1e6. */
const DECADES = { first: -4, count: 10 } as const;
const MANTISSAS = 9 * 10 ** (DIGITS - 1);
/** Coordinates this close to an end of the range mean the end: arithmetic on them is not exact. */
const NEAR = 1e-12;
const CELLS = 2 * DECADES.count * MANTISSAS;

/** Four significant digits, and none finer than a ten-thousandth of the range; the ends of the range as they are. */
export function roundConstant(range: ConstantRange | undefined, value: number): number {
  if (value === 0 || value === range?.low || value === range?.high) return value + 0;
  const short = Number(value.toPrecision(DIGITS));
  if (range === undefined || value < range.low || value > range.high) return short;
  const places = Math.min(100, Math.max(0, DIGITS - Math.floor(Math.log10(range.high - range.low))));
  const fine = Number(short.toFixed(places)) + 0;
  return Math.min(range.high, Math.max(range.low, fine));
}

/** True for a constant that a coordinate stands for. */
export const isConstantOf = (range: ConstantRange, value: number): boolean =>
  coordinateOfConstant(range, value) !== undefined;

/**
 * The constant of a coordinate in [0, 1]: uniform in the range and rounded, but for the last hundredth, which holds all
 * numbers of four digits between 1e-4 and 1e6 and their negatives.
 */
export function constantAt(range: ConstantRange, coordinate: number): number {
  const inside = coordinate / (1 - ANYWHERE);
  if (inside < NEAR) return range.low + 0;
  if (Math.abs(inside - 1) < NEAR) return range.high + 0;
  if (inside < 1) return roundConstant(range, range.low + inside * (range.high - range.low));
  const beyond = (coordinate - (1 - ANYWHERE)) / ANYWHERE;
  const cell = Math.min(CELLS - 1, Math.floor(beyond * CELLS));
  const sign = cell % 2 === 0 ? 1 : -1;
  const place = Math.floor(cell / 2);
  const mantissa = 10 ** (DIGITS - 1) + (place % MANTISSAS);
  const exponent = DECADES.first + Math.floor(place / MANTISSAS) - (DIGITS - 1);
  // As text, so that it is the nearest number to its decimal digits.
  return sign * Number(`${mantissa}e${exponent}`);
}

/** The coordinate in the middle of those that stand for the constant; undefined where there is none. */
export function coordinateOfConstant(range: ConstantRange, value: number): number | undefined {
  const inside = (value - range.low) / (range.high - range.low);
  if (inside >= 0 && inside <= 1) {
    const coordinate = inside * (1 - ANYWHERE);
    if (constantAt(range, coordinate) === value) return coordinate;
  }
  const [digits, exponent] = Math.abs(value)
    .toExponential(DIGITS - 1)
    .split('e') as [string, string];
  const decade = Number(exponent) - DECADES.first;
  if (value === 0 || !(decade >= 0 && decade < DECADES.count)) return undefined;
  const place = decade * MANTISSAS + (Number(digits.replace('.', '')) - 10 ** (DIGITS - 1));
  const coordinate = 1 - ANYWHERE + ((2 * place + (value < 0 ? 1 : 0) + 0.5) / CELLS) * ANYWHERE;
  return constantAt(range, coordinate) === value ? coordinate : undefined;
}

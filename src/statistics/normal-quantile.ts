import { logNormalCdf, LOG_SQRT_TWO_PI, scaledErfc } from './normal-distribution.js';

/**
 * Rational approximations of Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988) 477–484: about 16 digits.
 * Coefficients of numerator and denominator, constant first.
 */
interface Rational {
  readonly above: Float64Array;
  readonly below: Float64Array;
}

/** x / q in 0.180625 − q², where q = p − ½ and |q| ≤ 0.425. */
const MIDDLE: Rational = {
  above: Float64Array.of(
    3.3871328727963665,
    133.14166789178438,
    1971.5909503065513,
    13731.69376550946,
    45921.95393154987,
    67265.7709270087,
    33430.57558358813,
    2509.0809287301227,
  ),
  below: Float64Array.of(
    1,
    42.31333070160091,
    687.1870074920579,
    5394.196021424751,
    21213.794301586597,
    39307.89580009271,
    28729.085735721943,
    5226.495278852854,
  ),
};

/** |x| in r − 1.6, where r = √(−log p) ≤ 5 for the smaller tail p. */
const TAIL: Rational = {
  above: Float64Array.of(
    1.4234371107496835,
    4.630337846156546,
    5.769497221460691,
    3.6478483247632045,
    1.2704582524523684,
    0.2417807251774506,
    0.022723844989269184,
    0.0007745450142783414,
  ),
  below: Float64Array.of(
    1,
    2.053191626637759,
    1.6763848301838038,
    0.6897673349851,
    0.14810397642748008,
    0.015198666563616457,
    0.0005475938084995345,
    1.0507500716444169e-9,
  ),
};

/** |x| in r − 5, where 5 < r ≤ 27. */
const FAR_TAIL: Rational = {
  above: Float64Array.of(
    6.657904643501103,
    5.463784911164114,
    1.7848265399172913,
    0.29656057182850487,
    0.026532189526576124,
    0.0012426609473880784,
    0.000027115555687434876,
    2.0103343992922881e-7,
  ),
  below: Float64Array.of(
    1,
    0.599832206555888,
    0.1369298809227358,
    0.014875361290850615,
    0.0007868691311456133,
    0.000018463183175100548,
    1.421511758316446e-7,
    2.0442631033899397e-15,
  ),
};

/** The approximation holds up to here: p = 3e-317. */
const FARTHEST = 27;

/** From here on log Φ(x) is −x²/2 to the last digit. */
const ENDLESS = 1e18;

const valueOf = ({ above, below }: Rational, t: number): number =>
  polynomial(above, t) / polynomial(below, t);

function polynomial(coefficients: Float64Array, t: number): number {
  let value = coefficients[7]!;
  for (let power = 6; power >= 0; power--) value = value * t + coefficients[power]!;
  return value;
}

/** The x with log Φ(x) = y, y ≤ 0. Absolute error near 0, and relative error elsewhere, below 1e-14. */
export function normalQuantileOfLog(y: number): number {
  if (y === -Infinity) return -Infinity;
  if (y >= 0) return Infinity;
  const q = Math.exp(y) - 0.5;
  if (Math.abs(q) <= 0.425) return q * valueOf(MIDDLE, 0.180625 - q * q);
  // Above the middle the upper tail keeps its digits.
  return q < 0 ? -distanceOf(-y) : distanceOf(-Math.log(-Math.expm1(y)));
}

/** The x with Φ(x) = p, for p in [0, ½]. Relative error below 1e-14. */
export function lowerQuantile(p: number): number {
  const q = p - 0.5;
  return q >= -0.425 ? q * valueOf(MIDDLE, 0.180625 - q * q) : -distanceOf(-Math.log(p));
}

/** How far from 0 the tail of probability exp(−z) begins. */
function distanceOf(z: number): number {
  const r = Math.sqrt(z);
  if (r <= 5) return valueOf(TAIL, r - 1.6);
  if (r <= FARTHEST) return valueOf(FAR_TAIL, r - 5);
  return farthestDistance(z);
}

/** Newton's method on log Φ, whose slope at −x is √(2/π) / erfcx(x/√2): so far out it converges in a few steps. */
function farthestDistance(z: number): number {
  if (z > ENDLESS) return Math.SQRT2 * Math.sqrt(z);
  let x = Math.sqrt(2 * (z - LOG_SQRT_TWO_PI));
  for (let step = 0; step < 10; step++) {
    x += (logNormalCdf(-x) + z) * Math.sqrt(Math.PI / 2) * scaledErfc(x * Math.SQRT1_2);
  }
  return x;
}

/**
 * The x with P(Z > x) = probability, for a probability in (0, ½].
 * @throws RangeError on another probability.
 */
export function upperQuantile(probability: number): number {
  if (!(probability > 0 && probability <= 0.5)) {
    throw new RangeError(`a probability in (0, 0.5] expected, not ${probability}`);
  }
  // Rounding must not make the median negative.
  return Math.max(0, -normalQuantileOfLog(Math.log(probability)));
}

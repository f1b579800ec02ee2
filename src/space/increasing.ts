/**
 * Fractions in [0, 1] → as many positions in [0, 1] that never fall. Position i goes 1 − (1 − u_i)^(1/(n − i)) of the
 * way that is left to 1, which makes the positions of uniform fractions distributed as n sorted uniform numbers:
 * every increasing sequence is equally likely, and has exactly one encoding.
 */
export function increasingPositions(fractions: readonly number[]): number[] {
  let position = 0;
  return fractions.map((fraction, index) => {
    position += (1 - position) * (1 - (1 - fraction) ** (1 / (fractions.length - index)));
    return Math.min(1, position);
  });
}

/** Distribution index: larger makes steps shorter. */
const ETA = 20;

/**
 * A coordinate of [0, 1] after a polynomial mutation, which never leaves it.
 * Source: Deb & Agrawal, A niched-penalty approach for constraint handling in genetic algorithms (1999).
 * @param u uniform in [0, 1); 0.5 changes nothing
 */
export function polynomialStep(value: number, u: number): number {
  const power = ETA + 1;
  const step =
    u < 0.5
      ? (2 * u + (1 - 2 * u) * (1 - value) ** power) ** (1 / power) - 1
      : 1 - (2 * (1 - u) + (2 * u - 1) * value ** power) ** (1 / power);
  return Math.min(1, Math.max(0, value + step));
}

/**
 * Weights of λ draws, best first: u_k = max(0, ln(λ/2 + 1) − ln k), normed to sum 1, minus 1/λ, so that they sum to 0
 * (Wierstra et al., JMLR 15, 2014, section 3.1).
 */
export function utilities(lambda: number): readonly number[] {
  const raw = Array.from({ length: lambda }, (_, index) =>
    Math.max(0, Math.log(lambda / 2 + 1) - Math.log(index + 1)),
  );
  const sum = raw.reduce((total, one) => total + one, 0);
  return raw.map((one) => one / sum - 1 / lambda);
}

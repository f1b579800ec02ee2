/**
 * Head weights of dynamic weight average (Liu et al., End-to-End Multi-Task Learning with Attention, CVPR 2019,
 * eq. 7): T·softmax(r/temperature) over T heads, with r = L(last epoch)/L(the one before). They sum to T; all are 1
 * before there are two epochs.
 *
 * @param epochMeans mean loss of each head in each epoch so far, [epoch][head]
 * @param temperature > 0; the larger, the more even the weights
 * @param heads number of heads; needed only where `epochMeans` may be empty
 */
export function dynamicWeights(
  epochMeans: readonly (readonly number[])[],
  temperature: number,
  heads: number = epochMeans[0]?.length ?? 0,
): number[] {
  const last = epochMeans.at(-1);
  const before = epochMeans.at(-2);
  if (last === undefined || before === undefined) return Array.from({ length: heads }, () => 1);
  const scores = last.map((loss, head) => rate(loss, before[head]!) / temperature);
  const top = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - top));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => (scores.length * value) / sum);
}

/** A head whose loss was 0, or is not a number, counts as one that stands still. */
function rate(loss: number, before: number): number {
  const ratio = loss / before;
  return Number.isFinite(ratio) ? ratio : 1;
}

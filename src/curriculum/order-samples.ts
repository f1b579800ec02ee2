import { byNumber } from '../core/order.js';
import { permutation, type Stream } from '../core/random.js';

export interface OrderRequest {
  /** Sample indices, as the batches shall hold them. */
  readonly samples: Int32Array;
  /** Difficulty of each of them, in the same order; higher is harder, NaN is hardest. */
  readonly scores: ArrayLike<number>;
  readonly order: 'easy-first' | 'hard-first' | 'random';
  /** Drawn from for a random order only. */
  readonly random: Stream;
}

/**
 * The samples in the order in which a curriculum takes them in. Samples of equal difficulty keep the order in
 * which they were given. A random order ignores the scores: it is the control of the other two.
 */
export function orderSamples({ samples, scores, order, random }: OrderRequest): Int32Array {
  if (order === 'random') return permutation(samples.length, random).map((index) => samples[index]!);
  const sense = order === 'easy-first' ? 1 : -1;
  const positions = Array.from(samples, (_, index) => index);
  positions.sort((a, b) => sense * byNumber(scores[a]!, scores[b]!) || a - b);
  return Int32Array.from(positions, (position) => samples[position]!);
}

import { permutation, type Stream } from '../core/random.js';

export const NOISE_KINDS = ['symmetric', 'asymmetric'] as const;

export interface LabelNoiseRequest {
  /** Class of every sample, 0 … classes − 1; not changed. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** The samples whose labels may change. */
  readonly rows: Int32Array;
  /** Share of the samples of each class whose label is made wrong, in [0, 1). */
  readonly rate: number;
  /**
   * symmetric: to any other class with equal chance. asymmetric: to the next class (the last to the first); with
   * two classes only positives become negatives, as where rare cases are overlooked.
   */
  readonly kind: (typeof NOISE_KINDS)[number];
  readonly random: Stream;
}

/**
 * Labels with noise: in every class exactly round(rate · n) of the given rows get a wrong label, which is always
 * another class (Patrini et al., CVPR 2017; Zhang & Sabuncu, NeurIPS 2018).
 */
export function noisyLabels({ labels, classes, rows, rate, kind, random }: LabelNoiseRequest): Int32Array {
  const noisy = labels.slice();
  const shuffled = Array.from(permutation(rows.length, random), (position) => rows[position]!);
  for (let label = 0; label < classes; label++) {
    if (kind === 'asymmetric' && classes === 2 && label === 0) continue;
    const members = shuffled.filter((row) => labels[row] === label);
    for (const row of members.slice(0, Math.round(rate * members.length))) {
      const step = kind === 'asymmetric' ? 1 : 1 + random.integer(classes - 1);
      noisy[row] = (label + step) % classes;
    }
  }
  return noisy;
}

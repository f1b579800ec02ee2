import { permutation, type Stream } from '../core/random.js';

export interface LongTailRequest {
  /** Class of every sample, 0 … classes − 1. */
  readonly labels: Int32Array;
  readonly classes: number;
  /** The samples to thin out. */
  readonly rows: Int32Array;
  /** Count of class 0 over count of the last class; 1 changes nothing. */
  readonly imbalance: number;
  readonly random: Stream;
}

/**
 * Thins classes to the exponential profile n_c = n_max · imbalance^(−c / (classes − 1)), with n_max the largest
 * count (Cui et al., CVPR 2019; Cao et al., NeurIPS 2019). Class 0 is the head of the tail, the last class its
 * end. No class loses all its samples; one that is smaller than its place in the profile stays as it is.
 * @returns the samples that stay, ascending.
 */
export function longTail({ labels, classes, rows, imbalance, random }: LongTailRequest): Int32Array {
  if (imbalance === 1) return rows;
  const counts = classCounts(labels, rows, classes);
  const room = profile(Math.max(...counts), classes, imbalance);
  const kept: number[] = [];
  for (const position of permutation(rows.length, random)) {
    const row = rows[position]!;
    if (room[labels[row]!]! <= 0) continue;
    room[labels[row]!]!--;
    kept.push(row);
  }
  return Int32Array.from(kept).sort();
}

/** Counts of the exponential profile, each at least 1. */
export function profile(largest: number, classes: number, imbalance: number): number[] {
  return Array.from({ length: classes }, (_, index) =>
    Math.max(1, Math.round(largest * imbalance ** (-index / Math.max(1, classes - 1)))),
  );
}

/** Number of the given rows in each class. */
export function classCounts(labels: Int32Array, rows: Int32Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0);
  for (const row of rows) counts[labels[row]!]!++;
  return counts;
}

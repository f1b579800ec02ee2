import { UserError } from '../core/errors.js';

/** Targets of one head for some samples, row-major. */
export interface RarityInput {
  /** One-hot or 0/1 (a distribution or a value in between counts for its likeliest class). */
  readonly targets: Float32Array;
  readonly samples: number;
  /** Width of the prediction: 1 for binary, C for multiclass. */
  readonly outputs: number;
}

/**
 * Difficulty by class rarity: −log(share of the sample's class among these samples), so that common classes come
 * first in an easy-first order. Where a sample has several positions (pixels), the mean over them.
 *
 * @returns one score per sample; higher is harder
 */
export function classRarity({ targets, samples, outputs }: RarityInput): Float64Array {
  const positions = targets.length / (samples * outputs);
  const classes = Int32Array.from({ length: samples * positions }, (_, position) =>
    classAt(targets, position, outputs),
  );
  const counts = new Float64Array(Math.max(outputs, 2));
  for (const label of classes) counts[label]!++;
  const rarity = counts.map((count) => -Math.log(count / classes.length));
  return Float64Array.from({ length: samples }, (_, sample) => {
    let sum = 0;
    for (let position = 0; position < positions; position++) {
      sum += rarity[classes[sample * positions + position]!]!;
    }
    return sum / positions;
  });
}

function classAt(targets: Float32Array, position: number, outputs: number): number {
  if (outputs === 1) return targets[position]! > 0.5 ? 1 : 0;
  const row = targets.subarray(position * outputs, (position + 1) * outputs);
  return row.indexOf(row.reduce((best, value) => Math.max(best, value)));
}

/**
 * Difficulty by a column of the data, higher is harder, for the given samples.
 *
 * @throws UserError `candidate` when the task has no such column
 */
export function columnDifficulty(
  columns: Readonly<Record<string, Float32Array>>,
  column: string,
  samples: Int32Array,
): Float64Array {
  const values = Object.hasOwn(columns, column) ? columns[column] : undefined;
  if (values === undefined) {
    const known = Object.keys(columns);
    throw new UserError({
      code: 'candidate',
      message: 'the task has no such column for a curriculum',
      place: { path: 'curriculum.difficulty.column' },
      found: JSON.stringify(column),
      expected: known.length === 0 ? 'another score: this task has no columns' : `one of ${known.join(', ')}`,
    });
  }
  return Float64Array.from(samples, (sample) => values[sample]!);
}

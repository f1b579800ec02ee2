/** A trial with its score. */
export interface ScoredTrial {
  readonly trial: number;
  readonly value: number;
}

/**
 * Corners of the step line of the best score so far.
 * @param trials of one arm, in any order
 * @param last trial to which the line is carried on
 */
export function runningBest(
  trials: readonly ScoredTrial[],
  last: number,
  direction: 'maximize' | 'minimize',
): readonly ScoredTrial[] {
  const line: ScoredTrial[] = [];
  for (const { trial, value } of [...trials].sort((a, b) => a.trial - b.trial)) {
    const best = line.at(-1)?.value;
    if (best === undefined || (direction === 'maximize' ? value > best : value < best)) {
      line.push({ trial, value });
    }
  }
  const end = line.at(-1);
  if (end !== undefined && end.trial < last) line.push({ trial: last, value: end.value });
  return line;
}

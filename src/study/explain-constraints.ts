import { countText, numberText } from '../statistics/number-text.js';
import { SEARCH_ARM } from './arm.js';
import { constraintsText, totalViolationOf, type Constraint } from './constraints.js';
import { scoresOf } from './goals.js';
import { meanScores } from './mean-scores.js';
import type { SettledTrial } from './settled-trial.js';

/**
 * Why the search has no winner, where constraints are to blame: nothing of it that trained kept them, on the validation
 * part or on the selection part. Undefined where they are not.
 */
export function constraintsToBlame(
  constraints: readonly Constraint[],
  records: readonly SettledTrial[],
): string | undefined {
  if (constraints.length === 0) return undefined;
  const own = records.filter(({ arm }) => arm === SEARCH_ARM);
  const selected = own.filter(({ stage }) => stage === 'selection');
  if (selected.length > 0) {
    const failed = new Set(
      selected
        .filter(({ outcome }) => outcome.state !== 'completed')
        .map(({ candidateHash }) => candidateHash),
    );
    const hashes = new Set(selected.map(({ candidateHash }) => candidateHash));
    const count = [...hashes].filter((hash) => !failed.has(hash)).length;
    if (count === 0) return undefined;
    return `none of the ${countText(count, 'candidate')} of the selection stage kept the constraints there (${constraintsText(constraints)})`;
  }
  const trained = own.filter(({ stage, outcome }) => stage === 'search' && outcome.state === 'completed');
  const kept = trained.some((record) => totalViolationOf(constraints, scoresOf(record)) === 0);
  if (trained.length === 0 || kept) return undefined;
  return `none of the ${countText(trained.length, 'candidate')} of the search that trained to the end kept the constraints (${constraintsText(constraints)})`;
}

/** What to say of a winner whose means on the test part miss constraints; undefined where they keep all. */
export function missedOnTest(
  constraints: readonly Constraint[],
  runs: readonly SettledTrial[],
): string | undefined {
  const means = meanScores(
    runs,
    constraints.map(({ metric }) => metric),
  );
  if (means === undefined) return undefined;
  const missed = constraints.filter((constraint) => totalViolationOf([constraint], means) > 0);
  if (missed.length === 0) return undefined;
  const reached = missed.map(({ metric }) => `${metric} ${numberText(means[metric]!)}`).join(', ');
  return `on the test part the found loss misses the constraint ${constraintsText(missed)}: ${reached}`;
}

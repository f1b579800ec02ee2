import { UserError } from '../core/errors.js';
import { renderValue } from '../core/render-value.js';
import { MOST_TRIALS } from '../study/experiment-file.js';
import type { BeginOptions } from './study-options.js';

/**
 * Checks the options of a program that runs a study, before anything is written.
 * @throws UserError `usage` on one that is no whole number in its range, and for two losses
 */
export function checkOptions({
  workers,
  trials,
  seed,
  candidate,
  loss,
}: Pick<BeginOptions, 'workers' | 'trials' | 'seed' | 'candidate' | 'loss'>): void {
  if (candidate !== undefined && loss !== undefined) {
    throw new UserError({
      code: 'usage',
      message: 'two losses are given',
      found: 'the options "candidate" and "loss"',
      expected: 'one of them',
    });
  }
  checkWhole('workers', workers, 1, Number.MAX_SAFE_INTEGER);
  checkWhole('trials', trials, 1, MOST_TRIALS);
  checkWhole('seed', seed, 0, Number.MAX_SAFE_INTEGER);
}

function checkWhole(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= least && value <= most)) return;
  throw new UserError({
    code: 'usage',
    message: `invalid value for the option "${name}"`,
    found: renderValue(value),
    expected: `a whole number from ${least} to ${most}`,
  });
}

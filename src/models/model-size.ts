import { UserError } from '../core/errors.js';

/** Weights that a model may have: with Adam some 800 MB for each trial that trains. */
const MOST_WEIGHTS = 2 ** 26;

/** @throws UserError `unsupported` where a model, or one layer of it, has more weights than can be trained here */
export function checkModelSize(weights: number): void {
  if (weights <= MOST_WEIGHTS) return;
  throw new UserError({
    code: 'unsupported',
    message: 'the model is too large',
    found: `${weights} weights or more`,
    expected: `at most ${MOST_WEIGHTS}`,
  });
}

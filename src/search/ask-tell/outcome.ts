import { UserError } from '../../core/errors.js';
import { renderValue } from '../../core/render-value.js';
import type { Observation } from '../sampler.js';

/**
 * What became of a trial, to be minimised: its value; or its learning curve, the values after evaluation 1, 2, …, of
 * which the last counts; or `'failed'`. A last value that is no finite number is a failure too.
 */
export type Outcome = number | readonly number[] | 'failed';

/** Samplers know one bad number: +Infinity. */
const sound = (value: number): number => (Number.isFinite(value) ? value : Infinity);

/**
 * Value and curve as a sampler is told of them.
 * @throws UserError `usage` on anything that is no outcome
 */
export function observeOutcome(trial: number, outcome: Outcome): Pick<Observation, 'value' | 'curve'> {
  if (outcome === 'failed') return { value: Infinity, curve: [] };
  const curve: readonly unknown[] =
    typeof outcome === 'number' ? [outcome] : Array.isArray(outcome) ? outcome : [];
  if (curve.length === 0 || !curve.every((value) => typeof value === 'number')) {
    throw new UserError({
      code: 'usage',
      message: `the outcome of trial ${trial} is none`,
      found: renderValue(outcome),
      expected: 'a number, a list of at least one number, or "failed"',
    });
  }
  const values = curve.map(sound);
  return { value: values.at(-1)!, curve: values };
}

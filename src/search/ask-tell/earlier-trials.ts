import { checkWholePoint } from '../../space/check-whole-point.js';
import type { Space } from '../../space/space.js';
import type { Observation } from '../sampler.js';
import { wrongDefinition } from './errors.js';
import { givenPoint } from './given-point.js';

/** A trial of an earlier search, such as one of `optimizer.history()`, or of its JSON. */
export interface EarlierTrial extends Pick<Observation, 'assignment'> {
  /** To be minimised. What is not finite is a failure; null too, as JSON has no infinity. */
  readonly value: number | null;
  /** Values after evaluation 1, 2, …, the last being `value`: that alone where absent. */
  readonly curve?: readonly (number | null)[];
}

/**
 * Trials of an earlier search as samplers are told of them, numbered from 0.
 * @throws UserError `usage` on what is no list of trials, `space` where one is no point of the space
 */
export function earlierTrials(space: Space, given: unknown): readonly Observation[] {
  const expected = '{ assignment, value }, as in the history of an optimizer; a curve ends with the value';
  if (!Array.isArray(given)) throw wrongDefinition('list of earlier trials', given, `a list of ${expected}`);
  return Array.from<unknown, Observation>(given, (one, trial) => {
    const { assignment, value, curve } = (one ?? {}) as Readonly<Record<string, unknown>>;
    const values: readonly unknown[] = Array.isArray(curve) ? Array.from<unknown>(curve) : [curve ?? value];
    const isKnown = Number.isFinite(value);
    const isResult = [...values, value].every((item) => typeof item === 'number' || item === null);
    if (!isResult || (isKnown && values.at(-1) !== value))
      throw wrongDefinition(`result in earlier trial ${trial}`, one, expected);
    const told = {
      trial,
      wave: 0,
      assignment: givenPoint(space, assignment, `prior[${trial}]`, checkWholePoint),
    };
    if (!isKnown) return { ...told, value: Infinity, curve: [] };
    const sound = values.map((item) => (Number.isFinite(item) ? (item as number) : Infinity));
    return { ...told, value: value as number, curve: sound };
  });
}

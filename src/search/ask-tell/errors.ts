import { UserError } from '../../core/errors.js';
import { printable, renderValue } from '../../core/render-value.js';
import type { Observation } from '../sampler.js';

/** Trials named in a message; of more, their number is said. */
const NAMED = 12;

const listed = (trials: readonly number[]): string =>
  trials.length <= NAMED
    ? trials.join(', ')
    : `${trials.slice(0, NAMED).join(', ')} and ${trials.length - NAMED} more`;

/** The next trial needs the results of a wave that is not complete. */
export function waveIsOpen(next: number, missing: readonly number[]): UserError {
  return new UserError({
    code: 'study',
    message: `trial ${next} begins a new wave, which is proposed from the results of all trials before it`,
    found: `no result of ${missing.length === 1 ? 'trial' : 'the trials'} ${listed(missing)}`,
    expected: 'tell for each of them, or a larger wave',
  });
}

/** @param trial what was given: perhaps the trial itself in place of its number */
export function notAsked(trial: unknown, asked: number): UserError {
  return new UserError({
    code: 'study',
    message: 'a result was told of a trial that was not asked for',
    found: typeof trial === 'number' ? `trial ${trial}` : renderValue(trial),
    expected: asked === 0 ? 'ask for a trial first' : `a whole number from 0 to ${asked - 1}`,
  });
}

/** Parts of an outcome in the order in which a message names them. */
const PARTS = ['value', 'objectives', 'violations', 'curve'] as const;

type Part = Partial<Pick<Observation, (typeof PARTS)[number]>>;

export function toldOtherwise(trial: number, before: Part, now: Part): UserError {
  const textOf = (part: Part, name: keyof Part): string =>
    printable(`the ${name} ${[part[name] ?? 'nothing'].flat().join(', ')}`);
  const differs = PARTS.find((name) => textOf(before, name) !== textOf(now, name)) ?? 'curve';
  return new UserError({
    code: 'study',
    message: `trial ${trial} was told before, with another outcome`,
    found: textOf(now, differs),
    expected: `${textOf(before, differs)}, or nothing`,
  });
}

/** For callers whose compiler did not check what they wrote. */
export function wrongDefinition(what: string, found: unknown, expected: string): UserError {
  return new UserError({
    code: 'usage',
    message: `an optimizer has no ${what}`,
    found: renderValue(found),
    expected,
  });
}

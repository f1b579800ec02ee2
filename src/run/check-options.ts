import { parseCandidate } from '../candidate/parse-candidate.js';
import { UserError } from '../core/errors.js';
import { unknownName } from '../core/registry.js';
import { renderValue } from '../core/render-value.js';
import { MOST_TRIALS } from '../study/experiment-file.js';
import type { BeginOptions, ResumeOptions, RunOptions } from './study-options.js';

/** What an option must be. */
interface Expectation {
  readonly expected: string;
  fits(value: unknown): boolean;
}

const whole = (least: number, most: number): Expectation => ({
  expected: `a whole number from ${least} to ${most}`,
  fits: (value) => Number.isInteger(value) && (value as number) >= least && (value as number) <= most,
});

const isText = (value: unknown): boolean => typeof value === 'string';
const text = (expected: string): Expectation => ({ expected, fits: isText });

const RUN: Readonly<Record<keyof RunOptions, Expectation>> = {
  workers: whole(1, Number.MAX_SAFE_INTEGER),
  tell: { expected: 'a function', fits: (value) => typeof value === 'function' },
  signal: { expected: 'an AbortSignal', fits: (value) => value instanceof AbortSignal },
};

const RESUME: Readonly<Record<keyof ResumeOptions, Expectation>> = {
  ...RUN,
  dataFolders: {
    expected: 'a list of folders',
    fits: (value) => Array.isArray(value) && value.every(isText),
  },
};

const SEARCH: Readonly<Record<Exclude<keyof BeginOptions, 'candidate' | 'loss'>, Expectation>> = {
  ...RESUME,
  results: text('a folder'),
  backend: text('the name of a backend, or auto'),
  engine: text('the name of an engine, or auto'),
  seed: whole(0, Number.MAX_SAFE_INTEGER),
  trials: whole(1, MOST_TRIALS),
};

const EVALUATE: Readonly<Record<keyof BeginOptions, Expectation>> = {
  ...SEARCH,
  candidate: { expected: 'a candidate', fits: (value) => typeof value === 'object' && value !== null },
  loss: text('a file with a loss'),
};

const OPTIONS = { search: SEARCH, evaluate: EVALUATE, resume: RESUME } as const;

/**
 * Checks the options of a function that runs a study, for callers whose compiler did not, before anything is written.
 * An option that is undefined is absent.
 * @throws UserError `usage` on an option that the function does not have, on a value that is none of its, and on two losses; `candidate`
 *   on a candidate that is none
 */
export function checkOptions(called: keyof typeof OPTIONS, given: unknown): void {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw usage(`the options of "${called}" are none`, renderValue(given), 'an object');
  }
  const expectations: Readonly<Partial<Record<string, Expectation>>> = OPTIONS[called];
  for (const [name, value] of Object.entries(given)) {
    const one = Object.hasOwn(expectations, name) ? expectations[name] : undefined;
    if (one === undefined) {
      const { message, found, expected } = unknownName('option', name, Object.keys(expectations));
      throw usage(`"${called}" was given an ${message}`, found!, expected!);
    }
    if (value === undefined || one.fits(value)) continue;
    throw usage(`invalid value for the option "${name}"`, renderValue(value), one.expected);
  }
  const { candidate, loss } = given as BeginOptions;
  if (candidate !== undefined && loss !== undefined) {
    throw usage('two losses are given', 'the options "candidate" and "loss"', 'one of them');
  }
  if (candidate !== undefined) parseCandidate(candidate);
}

/**
 * Checks the path that a function was given.
 * @throws UserError `usage` where it is no text
 */
export function checkPath(called: string, what: 'file' | 'folder', given: unknown): void {
  if (isText(given)) return;
  throw usage(`"${called}" needs the path of a ${what}`, renderValue(given), 'text');
}

const usage = (message: string, found: string, expected: string): UserError =>
  new UserError({ code: 'usage', message, found, expected });

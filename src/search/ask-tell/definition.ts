import { UserError } from '../../core/errors.js';
import { renderValue } from '../../core/render-value.js';
import type { Assignment, Space } from '../../space/space.js';
import type { AnySampler } from '../sampler.js';
import type { EarlierTrial } from './earlier-trials.js';
import { wrongDefinition } from './errors.js';

/** What an optimizer is made of. */
export interface OptimizerDefinition {
  /** Name of a sampler that comes with Lossmith, or a sampler of one's own. */
  readonly sampler: string | AnySampler;
  readonly space: Space;
  /**
   * Equal seeds give equal proposals. A study proposes under `study/<its seed>/sampler/search`: with that text an
   * optimizer proposes what the search arm of the study does.
   */
  readonly seed: string | number;
  /** Options of the sampler; those that are absent have their defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Trials that may be asked for before any of them is told, ≥ 1; the sampler's own number where absent. */
  readonly wave?: number;
  /** Trials after which there are no more; the last wave is cut to fit. No end where absent. */
  readonly trials?: number;
  /**
   * Evaluations of a whole training, ≥ 1, for samplers that say themselves how long their trials train (`dehb`,
   * `population-based-training`, …): 1 where absent. A round of theirs that `trials` cannot fill is not begun.
   */
  readonly full?: number;
  /**
   * Points to try first, in this order; entries left out are drawn from the space. No more than `trials`. Not with
   * samplers that say themselves how long their trials train.
   */
  readonly enqueue?: readonly Assignment[];
  /**
   * Finished trials of an earlier search, such as the `history()` of another optimizer, for samplers that begin where
   * those were good (`cma-es`, `nes`); they count as no trials of this one. Not with samplers that say themselves how
   * long their trials train.
   */
  readonly prior?: readonly EarlierTrial[];
  /** Values that a trial is told, ≥ 1: 1 where absent. Several need a sampler that can search for several. */
  readonly objectives?: number;
  /** Constraints, of which a trial is told how far it misses them, ≥ 0: 0 where absent. */
  readonly constraints?: number;
}

/** @throws UserError `usage` unless it is absent, or a whole number that is large enough */
export function checkWhole(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  throw new UserError({
    code: 'usage',
    message: `invalid value for "${name}" of an optimizer`,
    found: renderValue(value),
    expected: `a whole number, at least ${least}`,
  });
}

const KEYS = new Set([
  ...['sampler', 'space', 'seed', 'options', 'wave', 'trials', 'full'],
  ...['enqueue', 'prior', 'objectives', 'constraints'],
]);

/** For callers whose compiler did not check what they wrote. @throws UserError `usage` on what is no definition */
export function checkedDefinition(definition: OptimizerDefinition): OptimizerDefinition {
  const given: unknown = definition;
  if (typeof given !== 'object' || given === null)
    throw wrongDefinition('definition', given, 'sampler, space and seed');
  const unknown = Object.keys(given).find((key) => !KEYS.has(key));
  if (unknown !== undefined) throw wrongDefinition('such key', unknown, `one of ${[...KEYS].join(', ')}`);
  const { sampler, space, seed } = given as Readonly<Record<string, unknown>>;
  const isSampler = typeof sampler === 'string' || hasFunctions(sampler, ['propose', 'check', 'waveSize']);
  if (!isSampler)
    throw wrongDefinition(
      'sampler',
      sampler,
      'the name of a sampler, its options under `options`, or a sampler',
    );
  if (!hasFunctions(space, ['decode', 'encode', 'build']))
    throw wrongDefinition('space', space, 'what createSpace gives');
  if (typeof seed !== 'string' && !Number.isFinite(seed))
    throw wrongDefinition('seed', seed, 'a text or a number');
  return definition;
}

const hasFunctions = (value: unknown, names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');

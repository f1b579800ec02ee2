import { UserError } from '../core/errors.js';
import { renderValue } from '../core/render-value.js';
import { checkWith } from '../core/yaml-file.js';
import type { Space } from '../space/space.js';
import { checkProposals } from './ask-tell/check-proposals.js';
import { optimizerFrom, type Optimizer } from './ask-tell/optimizer.js';
import { checkSaved, type SavedOptimizer } from './ask-tell/saved.js';
import { checkSampler } from './check-sampler.js';
import { builtinSamplers } from './registry.js';
import type { AnySampler } from './sampler.js';

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
}

/**
 * A sampler that is asked and told by hand. It proposes what a study proposes, to the last bit: trials come in
 * waves, and a wave is proposed when all trials before it were told.
 * @throws UserError `unknown-name` on an unknown sampler, `schema` on bad options, `unsupported` where the sampler
 *   cannot work on the space or its options not with `full`, `usage` on a wave or a number of trials that is no whole number in range
 */
export function createOptimizer(definition: OptimizerDefinition): Optimizer {
  const { space, trials } = checkedDefinition(definition);
  const sampler = samplerOf(definition.sampler);
  const options = checkWith(sampler.schema, definition.options ?? {}) as Record<string, unknown>;
  checkSampler(sampler, space, options, builtinSamplers.members);
  checkWhole('wave', definition.wave, 1);
  checkWhole('trials', trials, 0);
  checkWhole('full', definition.full, 1);
  sampler.rounds?.check?.({ options: options as never, full: definition.full ?? 1 });
  if (sampler.rounds !== undefined && definition.wave !== undefined) {
    throw new UserError({
      code: 'unsupported',
      message: `the sampler "${sampler.name}" says itself how many trials a wave has`,
      found: `the wave ${definition.wave}`,
      expected: 'no wave; its size is an option of the sampler',
    });
  }
  return optimizerFrom(sampler, space, {
    format: 'lossmith-optimizer-1',
    sampler: sampler.name,
    options: JSON.parse(JSON.stringify(options)) as SavedOptimizer['options'],
    seed: String(definition.seed),
    space: space.hash,
    wave: definition.wave ?? sampler.waveSize(space, options),
    trials: trials ?? null,
    full: definition.full ?? 1,
    proposals: [],
    asked: 0,
    exhausted: false,
  });
}

/**
 * The optimizer that was saved by `toJSON`, as if it had never stopped. Trials that were asked for and not told are
 * `pending`. The sampler proposes all of it once more, which takes as long as it took before: a state in which it would
 * have proposed otherwise was changed, or saved by a version or a platform that computes otherwise.
 * @param saved the value, or its text parsed by `JSON.parse`
 * @param sampler needed where it is not one that comes with Lossmith
 * @throws UserError `schema` or `study` where the state is damaged or was changed, or belongs to another space or sampler
 */
export function resumeOptimizer(saved: unknown, space: Space, sampler?: AnySampler): Optimizer {
  const state = checkSaved(saved);
  const differs = (what: string, found: string, expected: string): UserError =>
    new UserError({ code: 'study', message: `the saved optimizer has another ${what}`, found, expected });
  if (state.space !== space.hash) throw differs('space', `the hash ${state.space}`, space.hash);
  const member = sampler ?? samplerOf(state.sampler);
  if (member.name !== state.sampler) throw differs('sampler', state.sampler, member.name);
  const options = checkWith(member.schema, state.options) as never;
  checkSampler(member, space, options, builtinSamplers.members);
  member.rounds?.check?.({ options, full: state.full });
  checkProposals(member, space, state);
  return optimizerFrom(member, space, state);
}

const samplerOf = (sampler: string | AnySampler): AnySampler =>
  typeof sampler === 'string' ? builtinSamplers.get(sampler) : sampler;

function checkWhole(name: string, value: number | undefined, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && value >= least)) return;
  throw new UserError({
    code: 'usage',
    message: `invalid value for "${name}" of an optimizer`,
    found: renderValue(value),
    expected: `a whole number, at least ${least}`,
  });
}

const KEYS = new Set(['sampler', 'space', 'seed', 'options', 'wave', 'trials', 'full']);

/** For callers whose compiler did not check what they wrote. */
function checkedDefinition(definition: OptimizerDefinition): OptimizerDefinition {
  const given: unknown = definition;
  const wrong = (what: string, found: unknown, expected: string): UserError =>
    new UserError({
      code: 'usage',
      message: `an optimizer has no ${what}`,
      found: renderValue(found),
      expected,
    });
  if (typeof given !== 'object' || given === null)
    throw wrong('definition', given, 'sampler, space and seed');
  const unknown = Object.keys(given).find((key) => !KEYS.has(key));
  if (unknown !== undefined) throw wrong('such key', unknown, `one of ${[...KEYS].join(', ')}`);
  const { sampler, space, seed } = given as Readonly<Record<string, unknown>>;
  const isSampler = typeof sampler === 'string' || hasFunctions(sampler, ['propose', 'check', 'waveSize']);
  if (!isSampler)
    throw wrong('sampler', sampler, 'the name of a sampler, its options under `options`, or a sampler');
  if (!hasFunctions(space, ['decode', 'encode', 'build']))
    throw wrong('space', space, 'what createSpace gives');
  if (typeof seed !== 'string' && !Number.isFinite(seed)) throw wrong('seed', seed, 'a text or a number');
  return definition;
}

const hasFunctions = (value: unknown, names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');

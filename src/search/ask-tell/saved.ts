import { z } from 'zod';
import { UserError } from '../../core/errors.js';
import { checkWith } from '../../core/yaml-file.js';
import type { Assignment } from '../../space/space.js';
import type { Observation } from '../sampler.js';
import { observedOf } from './outcome.js';

/** A number of a learning curve; JSON has no infinity, so a failure is null. */
const curveSchema = z.array(z.number().nullable());

const entryValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.number())]);

const assignment = z.record(z.string(), entryValue);

/** What a trial reached; JSON has no infinity, so that is null. */
const reached = {
  /** Absent where nothing was told yet, empty for `'failed'`. */
  curve: curveSchema.optional(),
  /** Present, with what was told, where there are several objectives or constraints. */
  objectives: curveSchema.optional(),
  violations: curveSchema.optional(),
};

const schema = z.strictObject({
  format: z.literal('lossmith-optimizer-1'),
  sampler: z.string(),
  /** With defaults, so that a later version with other defaults goes on with these. */
  options: z.record(z.string(), z.json()),
  seed: z.string(),
  /** Hash of the space. */
  space: z.string(),
  wave: z.int().min(1),
  trials: z.int().min(0).nullable(),
  /** Evaluations of a whole training. */
  full: z.int().min(1),
  /** Values and violations that a trial is told. */
  objectives: z.int().min(1).default(1),
  constraints: z.int().min(0).default(0),
  /** The points to try first, whole. */
  enqueue: z.array(assignment).default([]),
  /** Trials of an earlier search. */
  prior: z.array(z.strictObject({ assignment, curve: curveSchema })).default([]),
  /** All proposals in trial order, with the wave and what was told. */
  proposals: z.array(z.strictObject({ wave: z.int().min(0), assignment, ...reached })),
  /** Proposals that `ask` gave out. */
  asked: z.int().min(0),
  /** True where the sampler has no more. */
  exhausted: z.boolean(),
});

/** An optimizer as JSON. */
export type SavedOptimizer = z.infer<typeof schema>;

/** @throws UserError `schema` on another form, `study` on a state that no optimizer can have been in. */
export function checkSaved(value: unknown): SavedOptimizer {
  const saved = checkWith(schema, value);
  const { proposals, asked } = saved;
  const toldOf = (index: number): boolean => proposals[index]!.curve !== undefined;
  proposals.forEach(({ wave }, trial) => {
    const before = trial === 0 ? -1 : proposals[trial - 1]!.wave;
    if (wave !== before && wave !== before + 1) {
      throw broken(`trial ${trial} of wave ${wave} follows wave ${before}`);
    }
    if (trial > 0 && wave === 0 && before !== 0) throw broken(`trial ${trial} goes back to wave 0`);
    if (trial >= asked && toldOf(trial)) throw broken(`trial ${trial} was told, but not asked for`);
    if (wave < proposals.at(-1)!.wave && !toldOf(trial)) {
      throw broken(`trial ${trial} was not told, but a later wave was proposed`);
    }
  });
  const wrong = proposals.findIndex((result) => !isToldResult(result, saved));
  if (wrong !== -1) throw broken(`a result of trial ${wrong} that nobody can have told`);
  if (asked > proposals.length) throw broken(`${asked} of ${proposals.length} proposals were asked for`);
  return saved;
}

/** The error for a state that is not what `toJSON` gave. */
export const contradicts = (found: string, expected: string): UserError =>
  new UserError({ code: 'study', message: 'the saved optimizer contradicts itself', found, expected });

const broken = (found: string): UserError => contradicts(found, 'what toJSON gave, unchanged');

/** A point as the schema has it: the lists of a point are never changed. */
export const pointToJson = (point: Assignment): SavedOptimizer['proposals'][number]['assignment'] =>
  point as SavedOptimizer['proposals'][number]['assignment'];

type SavedResult = Pick<SavedOptimizer['proposals'][number], 'curve' | 'objectives' | 'violations'>;
type Result = Pick<Observation, 'value' | 'curve' | 'objectives' | 'violations'>;

/** Keeps what JSON can hold. */
export const toJson = (values: readonly number[]): (number | null)[] =>
  values.map((value) => (Number.isFinite(value) ? value : null));

const fromJson = (values: readonly (number | null)[]): number[] => values.map((value) => value ?? Infinity);

export function resultToJson({ curve, objectives, violations }: Result): SavedResult {
  return {
    curve: toJson(curve),
    ...(objectives === undefined ? {} : { objectives: toJson(objectives) }),
    ...(violations === undefined ? {} : { violations: toJson(violations) }),
  };
}

/** Undefined where nothing was told. */
export function resultFromJson({ curve, objectives, violations }: SavedResult): Result | undefined {
  if (curve === undefined) return undefined;
  const values = fromJson(curve);
  return {
    value: values.at(-1) ?? Infinity,
    curve: values,
    ...(objectives === undefined ? {} : { objectives: fromJson(objectives) }),
    ...(violations === undefined ? {} : { violations: fromJson(violations) }),
  };
}

/**
 * True where nothing was told, or what this optimizer makes of some outcome: as many objectives and violations as it has,
 * and a curve that goes with them.
 */
function isToldResult(saved: SavedResult, goals: SavedOptimizer): boolean {
  const { curve, objectives, violations } = saved;
  if (curve === undefined) return objectives === undefined && violations === undefined;
  const isFailed = curve.length === 0 && (objectives ?? []).every((value) => value === null);
  const outcome = {
    objectives: fromJson(objectives ?? curve.slice(-1)),
    ...(curve.length === 0 ? {} : { curve: fromJson(curve) }),
    ...(violations === undefined ? {} : { violations: fromJson(violations) }),
  };
  const observed = observedOf(isFailed ? 'failed' : outcome, goals);
  const textOf = (result: SavedResult): string =>
    JSON.stringify([result.curve, result.objectives, result.violations]);
  return observed !== undefined && textOf(resultToJson(observed)) === textOf(saved);
}

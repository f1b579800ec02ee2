import { z } from 'zod';
import type {
  CurriculumSpec,
  PacedCurriculumSpec,
  PacingName,
  SelfPacedCurriculumSpec,
} from './candidate.js';
import { chooseSchema, entryOf } from './choose-schema.js';
import { parameterSchema } from './parameter-schema.js';

/** Pacing functions that a candidate may name. */
export const PACING_NAMES = [
  'linear',
  'quadratic',
  'root',
  'step',
  'exponential',
  'logarithmic',
] as const satisfies readonly PacingName[];

const partOfData = z
  .number()
  .gt(0, 'must be in (0, 1]: part of the data at the start, or progress at which all of it is in use')
  .max(1, 'must be in (0, 1]: part of the data at the start, or progress at which all of it is in use');

const pacedSchema: z.ZodType<PacedCurriculumSpec> = z.strictObject({
  kind: z.literal('paced'),
  difficulty: z.discriminatedUnion('score', [
    z.strictObject({ score: z.literal('reference-loss') }),
    z.strictObject({ score: z.literal('class-rarity') }),
    z.strictObject({ score: z.literal('column'), column: z.string().min(1) }),
  ]),
  order: z.enum(['easy-first', 'hard-first', 'random']),
  pacing: z.strictObject({ function: z.enum(PACING_NAMES), start: partOfData, full: partOfData }),
});

const selfPacedSchema: z.ZodType<SelfPacedCurriculumSpec> = z
  .strictObject({
    kind: z.literal('self-paced'),
    weights: z.enum(['hard', 'linear', 'logarithmic']),
    direction: z.enum(['down', 'up']),
    threshold: parameterSchema,
  })
  .refine(({ threshold }) => !Array.isArray(threshold), {
    message: 'the threshold is one value, not one per class',
    path: ['threshold'],
  })
  .refine(({ threshold }) => typeof threshold !== 'number' || (threshold >= 0 && threshold <= 1), {
    message: 'the threshold is a quantile and must be in [0, 1]',
    path: ['threshold'],
  });

const unknownKind: z.ZodType<CurriculumSpec> = z
  .object({ kind: z.enum(['paced', 'self-paced'], 'the kind of a curriculum is "paced" or "self-paced"') })
  // Never reached: both kinds have a schema of their own.
  .transform((value) => value as CurriculumSpec);

/** Which samples count, or how much. */
export const curriculumSchema: z.ZodType<CurriculumSpec> = chooseSchema<CurriculumSpec>((value) => {
  const kind = entryOf(value, 'kind');
  if (kind === 'paced') return pacedSchema;
  return kind === 'self-paced' ? selfPacedSchema : unknownKind;
});

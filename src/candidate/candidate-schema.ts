import { z } from 'zod';
import type { Candidate } from './candidate.js';
import { curriculumSchema } from './curriculum-schema.js';
import { candidateLossSchema, withoutUndefined } from './loss-schema.js';

/**
 * A candidate as JSON. Strict: unknown keys are errors. Names of losses and parameters, and the options of
 * schedules, are checked where the loss is built, against the registries.
 */
export const candidateSchema: z.ZodType<Candidate> = z
  .strictObject({
    loss: candidateLossSchema,
    curriculum: curriculumSchema.optional(),
    learningRate: z
      .number('the learning rate must be a finite number')
      .positive('the learning rate must be above 0')
      .optional(),
  })
  .transform(withoutUndefined<Candidate>);

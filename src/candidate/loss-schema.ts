import { z } from 'zod';
import type { LossSpec, MixtureSpec, MultiTaskSpec, SimpleLossSpec, TaskWeightingSpec } from './candidate.js';
import { chooseSchema, entryOf } from './choose-schema.js';
import { parameterSchema } from './parameter-schema.js';

/** Names that mean a combination of losses, so no loss of the registry may have them. */
export const COMBINATIONS = ['weighted-sum', 'multi-task'] as const;

const isCombination = (name: string): boolean => (COMBINATIONS as readonly string[]).includes(name);

const namedLossSchema: z.ZodType<SimpleLossSpec> = z
  .strictObject(
    {
      name: z.string('a loss needs a name').min(1, 'a loss needs a name'),
      parameters: z.record(z.string(), parameterSchema).optional(),
      options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    },
    { error: (issue) => (issue.code === 'invalid_type' ? 'a loss is an object with a name' : undefined) },
  )
  .transform(withoutUndefined<SimpleLossSpec>);

const misplacedCombination: z.ZodType<SimpleLossSpec> = z.custom<SimpleLossSpec>(
  () => false,
  'combinations of losses cannot stand inside each other here',
);

const simpleLossSchema: z.ZodType<SimpleLossSpec> = chooseSchema<SimpleLossSpec>((value) => {
  const name = entryOf(value, 'name');
  return typeof name === 'string' && isCombination(name) ? misplacedCombination : namedLossSchema;
});

const mixtureSchema: z.ZodType<MixtureSpec> = z.strictObject({
  name: z.literal('weighted-sum'),
  terms: z
    .array(z.strictObject({ weight: parameterSchema, loss: simpleLossSchema }))
    .min(1, 'a weighted sum needs at least one term'),
});

/** One output: a loss of the registry or a weighted sum of them. */
export const lossSchema: z.ZodType<LossSpec> = chooseSchema<LossSpec>((value) =>
  entryOf(value, 'name') === 'weighted-sum' ? mixtureSchema : simpleLossSchema,
);

const weightingSchema: z.ZodType<TaskWeightingSpec> = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('fixed'), weights: z.record(z.string(), parameterSchema) }),
  z.strictObject({ name: z.literal('uncertainty') }),
  z
    .strictObject({
      name: z.literal('dynamic-weight-average'),
      temperature: z.number().positive().optional(),
    })
    .transform(withoutUndefined<TaskWeightingSpec & { name: 'dynamic-weight-average' }>),
]);

const multiTaskSchema: z.ZodType<MultiTaskSpec> = z
  .strictObject({
    name: z.literal('multi-task'),
    heads: z.record(z.string(), lossSchema).refine((heads) => Object.keys(heads).length > 0, {
      message: 'a multi-task loss needs at least one head',
    }),
    weighting: weightingSchema,
  })
  .superRefine(({ heads, weighting }, context) => {
    if (weighting.name !== 'fixed') return;
    for (const head of Object.keys(weighting.weights)) {
      if (Object.hasOwn(heads, head)) continue;
      context.addIssue({
        code: 'custom',
        message: `there is no head of this name; known: ${Object.keys(heads).join(', ')}`,
        path: ['weighting', 'weights', head],
      });
    }
  });

/** The loss of a candidate: of one output, or of all the heads of a multi-task model. */
export const candidateLossSchema: z.ZodType<LossSpec | MultiTaskSpec> = chooseSchema<
  LossSpec | MultiTaskSpec
>((value) => (entryOf(value, 'name') === 'multi-task' ? multiTaskSchema : lossSchema));

/** The same object without entries that are undefined: what is left out is absent, not undefined. */
export function withoutUndefined<Clean extends object>(value: {
  readonly [Key in keyof Clean]: Clean[Key] | undefined;
}): Clean {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as Clean;
}

import { z } from 'zod';

/** kebab-case: it becomes the name of a folder. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** A member of a registry with its options, or its name alone. */
const member = z.union([z.string(), z.looseObject({ name: z.string() })]);

const positiveInteger = z.int().min(1);

/** Value of an entry of a space. */
const entryValue = z.union([z.number(), z.string(), z.boolean(), z.array(z.number())]);

const point = z.record(z.string(), entryValue);

/** An earlier study, or all that was read of one. */
const startFrom = z.union([
  z.string(),
  z.strictObject({
    study: z.string().optional().describe('Folder of the study'),
    top: z.int().min(0).optional().describe('Its best points that are tried first; default 4'),
    origin: z
      .strictObject({
        ...{ study: z.string(), experimentHash: z.string(), splitHash: z.string() },
        ...{ seed: z.int().min(0), metric: z.string(), trials: z.int().min(0) },
      })
      .optional()
      .describe('Written by Lossmith where the study was read already'),
    enqueue: z.array(point).optional(),
    trials: z
      .array(
        z.strictObject({
          assignment: point,
          value: z.number().nullable(),
          curve: z.array(z.number().nullable()),
        }),
      )
      .optional(),
  }),
]);

/** Trials of a search: far more than can be trained, and few enough to plan in a moment. */
export const MOST_TRIALS = 1_000_000;
/** Fresh seeds of a stage: likewise. */
const MOST_SEEDS = 10_000;

/**
 * An experiment file. Options of tasks, models, samplers and policies are checked afterwards by the member that
 * they name.
 */
export const experimentFileSchema = z.strictObject({
  name: z
    .string()
    .regex(NAME, 'Expected kebab-case, at most 64 characters')
    .describe('Names the folder of the study'),
  description: z.string().optional(),
  use: z.array(z.string()).default([]).describe("The user's own modules: losses, tasks, spaces, …"),
  seed: z.int().min(0).default(1).describe('Seed of everything but the data'),
  engine: z.string().default('auto').describe('Who runs the training steps; auto: compiled where it runs'),
  task: member.describe('Name of a task, and its options'),
  model: member.optional().describe('Default: what the task proposes'),
  optimizer: z
    .looseObject({
      name: z.string().default('adam'),
      learningRate: z.number().positive().default(0.003),
      tuneWithin: z
        .number()
        .min(1)
        .max(1000)
        .default(10)
        .describe('Factor either way within which the learning rate is tuned; 1: as it is'),
    })
    .prefault({}),
  training: z
    .strictObject({
      steps: positiveInteger.default(400).describe('Steps of a whole training'),
      batchSize: positiveInteger.default(64),
      evaluations: positiveInteger.default(8).describe('Chunks of a training: unit of fidelity'),
      reduction: z.enum(['mean', 'weighted-mean', 'sum']).default('mean'),
      normaliseGradient: z
        .boolean()
        .default(true)
        .describe('Scale each loss to the gradient norm of the plain loss'),
    })
    .prefault({}),
  metrics: z
    .array(z.union([z.string(), z.strictObject({ name: z.string(), head: z.string().optional() })]))
    .min(1)
    .optional()
    .describe('Primary first; default: what the task proposes'),
  space: z
    .union([z.string(), z.looseObject({})])
    .optional()
    .describe('Name of a space, a file, or a space itself'),
  candidate: z.looseObject({}).optional().describe('A given loss, for `evaluate`'),
  search: z
    .strictObject({
      trials: positiveInteger
        .max(MOST_TRIALS)
        .default(24)
        .describe('Trials of the search, and of each tuned control'),
      sampler: member.default('random'),
      fidelity: member.default('full'),
      wave: positiveInteger
        .max(MOST_TRIALS)
        .optional()
        .describe("Trials asked for together; default: the sampler's own"),
      stop: z
        .array(member)
        .min(1)
        .optional()
        .describe('Rules that end the search before its trials are used up; asked after each wave'),
      enqueue: z
        .array(point)
        .min(1)
        .optional()
        .describe('Points of the space to try first: values by entry; entries left out are drawn'),
      objectives: z
        .array(z.string())
        .min(1)
        .optional()
        .describe('Metrics that are searched for, the primary one first; default: the primary one alone'),
      startFrom: startFrom.optional().describe('An earlier study to learn from: its folder'),
    })
    .prefault({}),
  constraints: z
    .array(
      z.strictObject({
        metric: z.string().describe('One of the metrics'),
        atMost: z.number().optional(),
        atLeast: z.number().optional(),
      }),
    )
    .min(1)
    .optional()
    .describe('What a candidate must keep in order to win: bounds on metrics'),
  controls: z
    .strictObject({
      plain: z.boolean().default(true).describe('The plain loss, its learning rate tuned on the same budget'),
      random: z.boolean().default(true).describe('Random search of the space on the same budget'),
      textbook: z.boolean().default(true).describe('Textbook settings of each loss in the space'),
    })
    .prefault({}),
  selection: z
    .strictObject({
      top: positiveInteger.default(4).describe('Candidates of each arm that go to the selection stage'),
      seeds: positiveInteger.max(MOST_SEEDS).default(3),
    })
    .prefault({}),
  test: z.strictObject({ seeds: z.int().min(2).max(MOST_SEEDS).default(8) }).prefault({}),
  statistics: z
    .strictObject({
      level: z.number().gt(0.5).lt(1).default(0.95).describe('Level of the intervals'),
      resamples: z.int().min(200).max(100_000).default(2000),
    })
    .prefault({}),
  limits: z
    .strictObject({
      trialSeconds: z
        .number()
        .positive()
        .max(2_000_000)
        .default(600)
        .describe('Wall time of a trial between two rungs of its bracket'),
    })
    .prefault({}),
});

export type ExperimentFile = z.output<typeof experimentFileSchema>;

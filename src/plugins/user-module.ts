import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { schemaProblem } from '../core/schema-problem.js';
import type { Loss } from '../losses/loss.js';
import type { Metric } from '../metrics/metric.js';
import type { AnyModel } from '../models/model.js';
import type { AnySchedule } from '../schedules/schedule.js';
import type { AnySampler } from '../search/sampler.js';
import type { AnyTask } from '../tasks/task.js';

/**
 * What a user's own JavaScript or TypeScript file may export: lists of the same plain objects that the
 * built-in registries hold, and definitions of search spaces.
 */
export interface UserModule {
  readonly losses?: readonly Loss[];
  readonly schedules?: readonly AnySchedule[];
  readonly models?: readonly AnyModel[];
  readonly metrics?: readonly Metric[];
  readonly tasks?: readonly AnyTask[];
  readonly samplers?: readonly AnySampler[];
  /** Definitions as a space file holds them; `name` is how the experiment refers to them. */
  readonly spaces?: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
}

/** A module as it was loaded. */
export interface LoadedModule extends UserModule {
  /** Absolute path. */
  readonly file: string;
}

const named = { name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Expected kebab-case'), summary: z.string() };
const method = z.custom<(...input: never[]) => unknown>(
  (value) => typeof value === 'function',
  'Expected a function',
);
const schema = z.custom<z.ZodType>(
  (value) => typeof value === 'object' && value !== null && 'safeParse' in value,
  'Expected a zod schema',
);

/** Shape of each kind: what the rest of Lossmith will call. Functions are checked to be functions, no more. */
const shapes = {
  losses: z.looseObject({
    ...named,
    parameters: z.array(
      z.looseObject({ name: z.string(), default: z.number(), low: z.number(), high: z.number() }),
    ),
    perSample: z
      .partialRecord(z.enum(['binary', 'multiclass', 'regression']), method)
      .refine((record) => Object.keys(record).length > 0, 'Expected binary, multiclass or regression'),
  }),
  schedules: z.looseObject({ ...named, schema, driver: z.enum(['progress', 'state']), compile: method }),
  models: z.looseObject({ ...named, schema, init: method, forward: method }),
  metrics: z.looseObject({
    ...named,
    targets: z.array(z.enum(['binary', 'multiclass', 'regression'])),
    direction: z.enum(['maximize', 'minimize']),
    prepare: method,
  }),
  tasks: z.looseObject({ ...named, schema, load: method, defaults: method }),
  samplers: z.looseObject({ ...named, schema, check: method, waveSize: method, propose: method }),
  spaces: z.looseObject({ name: named.name }),
} as const;

const moduleSchema = z.object({
  losses: z.array(shapes.losses).optional(),
  schedules: z.array(shapes.schedules).optional(),
  models: z.array(shapes.models).optional(),
  metrics: z.array(shapes.metrics).optional(),
  tasks: z.array(shapes.tasks).optional(),
  samplers: z.array(shapes.samplers).optional(),
  spaces: z.array(shapes.spaces).optional(),
});

/**
 * Checks what a module exports; other exports are left alone.
 * @throws UserError `plugin` naming the file and the export that is not as it should be.
 */
export function checkUserModule(exported: Readonly<Record<string, unknown>>, file: string): UserModule {
  const parsed = moduleSchema.safeParse(exported);
  if (!parsed.success) {
    const { path, message, found, expected } = schemaProblem(moduleSchema, exported, parsed.error.issues)!;
    throw new UserError({
      code: 'plugin',
      message,
      place: { file, path: path.join('.') },
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
    });
  }
  const offered = Object.keys(moduleSchema.shape);
  if (!offered.some((kind) => exported[kind] !== undefined)) {
    throw new UserError({
      code: 'plugin',
      message: 'the module exports nothing that Lossmith knows',
      place: { file },
      found: Object.keys(exported).join(', ') || 'no exports',
      expected: `a list named ${offered.join(', ')}`,
    });
  }
  // The exported objects themselves, not zod's copies: methods may rely on their object. What was checked is their
  // shape; the types of their functions are the author's word.
  return exported;
}

import type { z } from 'zod';
import type { Named } from '../core/registry.js';
import type { TaskData } from '../problem/task-data.js';

/** What a task may touch outside itself. */
export interface TaskEnvironment {
  /** Folders in which data files are looked for, in order: --data, then LOSSMITH_DATA, then ./data. */
  readonly dataFolders: readonly string[];
}

/** Defaults that an experiment may override. */
export interface TaskDefaults {
  readonly model: { readonly name: string } & Readonly<Record<string, unknown>>;
  /** Primary metric first. `head` may be left out where there is one head. */
  readonly metrics: readonly { readonly name: string; readonly head?: string }[];
  /** The plain loss of each head by name: cross-entropy, mse. */
  readonly plainLoss: Readonly<Record<string, string>>;
}

/**
 * An inner problem as a plain object: where its data come from, and what an experiment takes that names nothing else.
 * `schema` checks and completes the options beside the name of the task in an experiment; `load` gives the data with
 * all four parts, the same bytes for the same options in every process.
 */
export interface Task<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  /** @throws UserError `file-missing` or `data` with file, line and column. */
  load(options: Options, environment: TaskEnvironment): Promise<TaskData>;
  defaults(options: Options, data: TaskData): TaskDefaults;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnyTask = Task<any>;

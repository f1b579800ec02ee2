import type { z } from 'zod';
import type { Named } from '../core/registry.js';
import type { Head } from '../models/model.js';

/** The four disjoint parts of design.md section 6. */
export const PARTS = ['train', 'validation', 'selection', 'test'] as const;
export type Part = (typeof PARTS)[number];

/** Values of one head for all samples, row-major [size, outputs]: 0/1, one-hot, or real values. */
export type TargetValues = Float32Array;

/** Data with its splits: everything that the inner loop reads. Made once per process, never changed. */
export interface TaskData {
  readonly size: number;
  /** Shape of one sample. */
  readonly inputShape: readonly number[];
  /** Inputs, row-major [size, …inputShape]. */
  readonly inputs: Float32Array;
  readonly heads: readonly Head[];
  readonly targets: Readonly<Record<string, TargetValues>>;
  /** Further columns of the data, for curricula; one value per sample. */
  readonly columns: Readonly<Record<string, Float32Array>>;
  /** Sample indices of each part. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Hash of inputs, targets and parts: two studies with equal hashes may share a leaderboard. */
  readonly splitHash: string;
  /** One-line remarks about the data (rows dropped, values imputed), shown by `validate` and in the report. */
  readonly notes: readonly string[];
}

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

export interface Task<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  /** @throws UserError `file-missing` or `data` with file, line and column. */
  load(options: Options, environment: TaskEnvironment): Promise<TaskData>;
  defaults(options: Options, data: TaskData): TaskDefaults;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnyTask = Task<any>;

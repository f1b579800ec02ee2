import type { Json } from '../core/json.js';
import type { Head } from '../problem/head.js';
import type { Experiment } from './experiment.js';

/** The first event of a journal: what the results depend on beside their trials, and what people want to know. */
export interface Provenance {
  readonly experiment: Experiment;
  readonly experimentHash: string;
  readonly splitHash: string;
  /** A named backend, never `auto`. */
  readonly backend: string;
  /** Version of TensorFlow.js. */
  readonly backendVersion: string;
  /** Version of Lossmith. */
  readonly version: string;
  readonly node: string;
  readonly platform: string;
  readonly direction: 'maximize' | 'minimize';
  /** Samples in each part. */
  readonly partSizes: Readonly<Record<string, number>>;
  readonly heads: readonly Head[];
  /** Training samples of each class, by head; see `classCounts`. */
  readonly classCounts: Readonly<Record<string, readonly number[]>>;
  /** Deviation of the training targets of each output, by regression head; absent in journals of old. */
  readonly targetDeviations?: Readonly<Record<string, readonly number[]>>;
  readonly taskNotes: readonly string[];
  readonly dataFolders: readonly string[];
}

export const provenanceToJson = (provenance: Provenance): Json => provenance as unknown as Json;
export const provenanceFromJson = (stored: Json): Provenance => stored as unknown as Provenance;

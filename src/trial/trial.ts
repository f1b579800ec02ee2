import type { Candidate } from '../candidate/candidate.js';
import type { Reduction } from '../losses/reduce-per-sample.js';
import type { MemberState, OtherEngine } from '../engine/engine.js';
import type { OptimizerSpec } from '../train/optimizer.js';
import type { Part } from '../problem/part.js';

/** How every trial of a study trains: the resolved `training`, `model`, `optimizer` and `metrics` of the experiment. */
export interface TrainingSetup {
  readonly model: { readonly name: string; readonly options: unknown };
  readonly optimizer: OptimizerSpec;
  readonly learningRate: number;
  readonly batchSize: number;
  /** Steps of a whole training; a multiple of `evaluations`. */
  readonly steps: number;
  /** Chunks of a whole training: the unit of fidelity. Every chunk ends with an evaluation. */
  readonly evaluations: number;
  readonly reduction: Reduction;
  /** Scale each loss to the gradient norm that the plain loss has at the start. */
  readonly normaliseGradient: boolean;
  /** Metrics by key `name` or `name:head`, primary first. */
  readonly metrics: readonly { readonly key: string; readonly name: string; readonly head: string }[];
  /** Plain loss by head. */
  readonly plainLoss: Readonly<Record<string, string>>;
}

/** One point of a learning curve. */
export interface CurvePoint {
  readonly step: number;
  /** Mean reduced loss over the chunk. */
  readonly trainLoss: number;
  /** Mean plain loss on the validation part: drives schedules of training state, comparable between candidates. */
  readonly validationLoss: number;
  /** Primary metric on the validation part. */
  readonly validationScore: number;
}

/** All that a trial needs in order to go on where it stopped. */
export interface Checkpoint {
  readonly fidelity: number;
  readonly state: MemberState;
  readonly lossScale: number;
  readonly curve: readonly CurvePoint[];
  /** Loss last seen of every training sample (NaN: not seen yet), in the order of the train part; only where the curriculum needs it. */
  readonly lastLosses?: Float32Array;
  /** Mean loss of each head in each chunk so far, for dynamic weight average. */
  readonly headLosses: readonly (readonly number[])[];
}

/** A piece of training: one candidate, one replicate, from one fidelity to another. */
export interface TrialJob {
  readonly candidate: Candidate;
  /**
   * Key path of the replicate: initial weights, batches and curriculum draw from streams below it. Common to all
   * candidates of a comparison (paired), different between replicates.
   */
  readonly seed: string;
  /** Fidelity to reach, in evaluations. */
  readonly fidelity: number;
  /** Where to go on; absent: from the start. */
  readonly checkpoint?: Checkpoint;
  /** The part on which the metrics are computed at the end. */
  readonly part: Part;
  /** Return the predictions on `part` (the test stage: the bootstrap resamples them). */
  readonly keepPredictions: boolean;
  /** Return a checkpoint (only where a later rung may continue). */
  readonly keepCheckpoint: boolean;
}

export type TrialOutcome =
  | {
      readonly state: 'trained';
      readonly steps: number;
      readonly curve: readonly CurvePoint[];
      /** Absent where the engine of the setup trained. */
      readonly engine?: OtherEngine;
      /** By metric key, on the part asked for. */
      readonly metrics: Readonly<Record<string, number>>;
      readonly checkpoint?: Checkpoint;
      /** By head, row-major. */
      readonly predictions?: Readonly<Record<string, Float32Array>>;
    }
  | {
      readonly state: 'diverged';
      readonly steps: number;
      readonly reason: string;
      readonly curve: readonly CurvePoint[];
      readonly engine?: OtherEngine;
    };

/** Answer of the cheap check before training. */
export type ProbeOutcome =
  | {
      readonly state: 'accepted';
      /** Equal signatures: losses whose normalised gradients agree at the probe points, to 2 digits. */
      readonly signature: string;
    }
  | { readonly state: 'rejected'; readonly reason: ProbeRejection; readonly detail: string };

export type ProbeRejection =
  'wrong-shape' | 'not-repeatable' | 'not-finite' | 'no-gradient' | 'wrong-direction';

import type { Named } from '../core/registry.js';
import type { BuiltLoss } from '../losses/built-loss.js';
import type { Reduction } from '../losses/reduce-per-sample.js';
import type { AnyModel, HostParameters } from '../models/model.js';
import type { TaskData } from '../problem/task-data.js';
import type { OptimizerSpec } from '../train/optimizer.js';

/** Everything that is the same for all members of a cohort: it fixes the graph. */
export interface EngineProblem {
  readonly data: TaskData;
  readonly model: AnyModel;
  readonly modelOptions: unknown;
  readonly optimizer: OptimizerSpec;
  readonly loss: BuiltLoss;
  readonly batchSize: number;
  readonly reduction: Reduction;
}

/** Weights and optimizer state of one member between chunks, on the host: serialisable, resumable. */
export interface MemberState {
  /** Model parameters and learned loss parameters. */
  readonly parameters: HostParameters;
  readonly optimizer: HostParameters;
}

/** What drives one member through a chunk of S steps: all of it is input, none of it is in the graph. */
export interface ChunkInputs {
  readonly steps: number;
  /** Sample indices [S, B]. */
  readonly indices: Int32Array;
  /** Sample weights [S, B]. */
  readonly weights: Float32Array;
  /** θ of each step [S, Σ slot sizes], slots in order. */
  readonly theta: Float32Array;
  /** [S]. */
  readonly learningRates: Float32Array;
  /** Factor on the loss that normalises its gradient norm at the start. */
  readonly lossScale: number;
}

export interface ChunkResult {
  readonly state: MemberState;
  /** Reduced loss of each step before scaling [S]. */
  readonly losses: Float32Array;
  /** Mean unweighted loss of each head and step [S, heads], heads in the order of the task. */
  readonly headLosses: Float32Array;
  /** Unweighted loss of each sample of each step [S, B]. */
  readonly perSample: Float32Array;
}

/** Predictions by head, row-major [samples, outputs]. */
export type Predictions = Readonly<Record<string, Float32Array>>;

/** An engine that trains in the place of the one that was asked for. */
export interface OtherEngine {
  readonly name: string;
  /** One line for the user. */
  readonly reason: string;
}

export interface EngineSession {
  /** One line for the user where the session is not what was asked for: why another engine trains. */
  readonly note?: string;
  /** Name of that other engine. */
  readonly otherEngine?: string;
  /** Trains each member through its chunk; all chunks have the same number of steps. Nobody's numbers depend on who else is in the cohort. */
  train(
    members: readonly { readonly state: MemberState; readonly inputs: ChunkInputs }[],
  ): Promise<readonly ChunkResult[]>;
  /** Norm of the gradient of the reduced, unscaled loss at the state, for each step of the inputs [S]. */
  gradientNorms(state: MemberState, inputs: ChunkInputs): Promise<Float32Array>;
  /** Predictions of each member by head, row-major [indices.length, outputs]. */
  predict(members: readonly HostParameters[], indices: Int32Array): Promise<readonly Predictions[]>;
  dispose(): void;
}

/** Runs training steps for a cohort. */
export interface Engine extends Named {
  /** Why it does not run on this machine, in one line; undefined where it does. */
  unavailable(): Promise<string | undefined>;
  /** Most members that it pays to train side by side, from 1. */
  readonly cohort: number;
  prepare(problem: EngineProblem): Promise<EngineSession>;
}

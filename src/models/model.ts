import type { z } from 'zod';
import type { Stream } from '../core/random.js';
import type { Named } from '../core/registry.js';
import type { Head } from '../problem/head.js';
import type { Tensor } from '../tensor/index.js';

/** What a model has to fit: the shape of a sample, and the heads whose predictions it makes. */
export interface ModelShape {
  /** Shape of one sample: [20] or [28, 28, 1]. */
  readonly input: readonly number[];
  /** In order; each asks for a prediction [N, outputs]. */
  readonly heads: readonly Head[];
}

/** A named array of numbers on the host. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The weights of a model on the host, row-major, by name; the order of the keys is the order of the parameters. */
export type HostParameters = Readonly<Record<string, HostTensor>>;
/** The weights of a model as float32 tensors, with the names, the order and the shapes of {@link HostParameters}. */
export type Parameters = Readonly<Record<string, Tensor>>;

/** A model as two pure functions; it holds nothing. */
export interface Model<Options = never> extends Named {
  readonly schema: z.ZodType<Options>;
  /** Initial weights from a keyed stream. The order of the keys is the order of the parameters everywhere. */
  init(options: Options, shape: ModelShape, random: Stream): HostParameters;
  /** x [N, …input] → one prediction [N, outputs] per head. */
  forward(
    options: Options,
    shape: ModelShape,
    parameters: Parameters,
    x: Tensor,
  ): Readonly<Record<string, Tensor>>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the option type is checked by `schema` at run time
export type AnyModel = Model<any>;

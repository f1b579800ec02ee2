import type { z } from 'zod';
import type { Stream } from '../core/random.js';
import type { Named } from '../core/registry.js';
import type { Head } from '../problem/head.js';
import type { Tensor } from '../tensor/index.js';

export interface ModelShape {
  /** Shape of one sample: [20] or [28, 28, 1]. */
  readonly input: readonly number[];
  readonly heads: readonly Head[];
}

/** A named array of numbers on the host. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type HostParameters = Readonly<Record<string, HostTensor>>;
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

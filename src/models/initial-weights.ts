import type { Stream } from '../core/random.js';
import { isRectifier, type ActivationName } from './activation.js';
import { checkModelSize } from './model-size.js';
import type { HostTensor } from './model.js';

/** Connections of one layer: inputs that reach one unit, and units that one input reaches. */
export interface Fan {
  readonly incoming: number;
  readonly outgoing: number;
}

/**
 * Initial weights of a layer that an activation follows: He normal, N(0, 2 / incoming), before a rectifier
 * (He et al., ICCV 2015, eq. 10), else Glorot uniform.
 */
export function hiddenWeights(
  shape: readonly number[],
  fan: Fan,
  activation: ActivationName,
  random: Stream,
): HostTensor {
  if (!isRectifier(activation)) return glorotUniform(shape, fan, random);
  const deviation = Math.sqrt(2 / fan.incoming);
  return filled(shape, () => deviation * random.normal());
}

/**
 * Glorot uniform: U(−a, a) with a = sqrt(6 / (incoming + outgoing)) (Glorot & Bengio, AISTATS 2010, eq. 16).
 * For layers with no activation after them, such as heads.
 */
export function glorotUniform(shape: readonly number[], fan: Fan, random: Stream): HostTensor {
  const bound = Math.sqrt(6 / (fan.incoming + fan.outgoing));
  return filled(shape, () => bound * (2 * random.uniform() - 1));
}

/** Zeros, as all biases start. */
export const zeros = (shape: readonly number[]): HostTensor => filled(shape, () => 0);

function filled(shape: readonly number[], draw: () => number): HostTensor {
  const size = shape.reduce((product, extent) => product * extent, 1);
  checkModelSize(size);
  return { shape, values: Float32Array.from({ length: size }, draw) };
}

import { gradients, ops, read, tensorFrom, tidy, type Tensor } from '../../src/tensor/index.js';

export interface Input {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** A function of tensors; `tidy` frees what it makes. */
export type TensorFunction = (...inputs: Tensor[]) => Tensor;

const toTensors = (inputs: readonly Input[]): Tensor[] =>
  inputs.map(({ shape, values }) => tensorFrom(values, shape));

/** All values of f, or of its gradients, on the host. */
export const valuesOf = (f: TensorFunction, inputs: readonly Input[]): Float32Array =>
  tidy(() => read(f(...toTensors(inputs))).slice());

export const gradientsOf = (f: TensorFunction, inputs: readonly Input[]): Float32Array[] =>
  tidy(() => gradients(f, toTensors(inputs)).map((gradient) => read(gradient).slice()));

/** Hessian of a scalar function times a direction, one part per input, by a gradient of a gradient. */
export function hessianTimes(
  f: TensorFunction,
  inputs: readonly Input[],
  direction: readonly Float32Array[],
): Float32Array[] {
  const slope: TensorFunction = (...tensors) =>
    gradients(f, tensors)
      .map((gradient, index) => ops.sum(ops.mul(gradient, tensorFrom(direction[index]!, gradient.shape))))
      .reduce((total, part) => ops.add(total, part));
  return gradientsOf(slope, inputs);
}

/** Inputs + step · direction, in float32. */
function moved(inputs: readonly Input[], direction: readonly Float32Array[], step: number): Input[] {
  return inputs.map(({ shape, values }, index) => ({
    shape,
    values: values.map((value, position) => value + step * direction[index]![position]!),
  }));
}

/**
 * Richardson's extrapolation of central differences along a direction, error O(step⁴), for each component of a
 * vector-valued function. The step may be large, which keeps the rounding of float32 small.
 */
export function differencesAlong(
  f: (inputs: readonly Input[]) => ArrayLike<number>,
  inputs: readonly Input[],
  direction: readonly Float32Array[],
  step: number,
): number[] {
  const central = (h: number): number[] => {
    const above = f(moved(inputs, direction, h));
    const below = f(moved(inputs, direction, -h));
    return Array.from(above, (value, index) => (value - below[index]!) / (2 * h));
  };
  const coarse = central(step);
  return central(step / 2).map((fine, index) => (4 * fine - coarse[index]!) / 3);
}

/** Largest difference relative to the largest reference value (at least the floor). */
export function relativeError(
  actual: ArrayLike<number>,
  reference: ArrayLike<number>,
  floor: number,
): number {
  const scale = Array.from(reference).reduce((largest, value) => Math.max(largest, Math.abs(value)), floor);
  return Array.from(reference).reduce(
    (largest, value, index) => Math.max(largest, Math.abs(actual[index]! - value) / scale),
    0,
  );
}

import { permutation, stream } from '../../src/core/random.js';
import type { Tensor } from '../../src/tensor/index.js';
import type { ops } from '../../src/tensor/index.js';
import type { Input } from './numeric.js';

export type OpName = keyof typeof ops;

/** Where the values of a sample input lie. */
export interface InputSpec {
  readonly shape: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** A differentiable use of an operation with what it must give, computed in plain numbers. */
export interface OpCase {
  readonly op: OpName;
  /** What is special about this use. */
  readonly note?: string;
  readonly inputs: readonly InputSpec[];
  readonly run: (...inputs: Tensor[]) => Tensor;
  /** Values of the output, row-major, from those of the inputs: independent of any tensor library. */
  readonly expected: (...values: (readonly number[])[]) => number[];
}

/** An operation without a gradient: piecewise constant, or constant by intent. */
export interface ConstantCase {
  readonly op: OpName;
  readonly shape: readonly number[];
  /** x → float32 values of the operation. */
  readonly run: (x: Tensor) => Tensor;
  readonly expected: (values: readonly number[]) => number[];
}

export const size = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => product * extent, 1);

/** Values in between: −1.5 … 1.5 unless said otherwise. */
export const real = (shape: readonly number[], low = -1.5, high = 1.5): InputSpec => ({ shape, low, high });
export const positive = (shape: readonly number[]): InputSpec => real(shape, 0.4, 2);

/**
 * Distinct values on a shuffled grid: no ties, and with an even count none at the middle of the range, so that
 * differences never step over a kink. The i-th input is shifted by a part of a grid cell against the first.
 */
export function sample(specs: readonly InputSpec[], key: string): Input[] {
  return specs.map(({ shape, low, high }, input) => {
    const count = size(shape);
    const cell = (high - low) / count;
    const order = permutation(count, stream('test/tensor', key, input));
    const values = Float32Array.from(order, (rank) => low + cell * (rank + 0.5 + 0.3 * Math.min(input, 1)));
    return { shape, values };
  });
}

/** Row-major strides. */
const strides = (shape: readonly number[]): number[] => shape.map((_, axis) => size(shape.slice(axis + 1)));

/** Builds an output from a function of its coordinates. */
export function build(shape: readonly number[], value: (...at: number[]) => number): number[] {
  const step = strides(shape);
  return Array.from({ length: size(shape) }, (_, flat) =>
    value(...shape.map((extent, axis) => Math.floor(flat / step[axis]!) % extent)),
  );
}

/** Reads row-major values by coordinates. */
export const at =
  (values: readonly number[], shape: readonly number[]) =>
  (...where: number[]): number =>
    values[where.reduce((flat, index, axis) => flat + index * strides(shape)[axis]!, 0)]!;

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

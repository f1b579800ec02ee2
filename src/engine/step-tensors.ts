import type { HostParameters, Parameters } from '../models/model.js';
import type { TaskData } from '../problem/task-data.js';
import { scalar, tensorFrom, type Tensor } from '../tensor/index.js';
import { gatherRows } from './gather-rows.js';

/** Uploads the inputs and targets of some samples. */
export function sampleTensors(
  data: TaskData,
  indices: Int32Array,
): { readonly x: Tensor; readonly targets: Readonly<Record<string, Tensor>> } {
  const targets = data.heads.map(({ name, outputs }): [string, Tensor] => [
    name,
    tensorFrom(gatherRows(data.targets[name]!, outputs, indices), [indices.length, outputs]),
  ]);
  return { x: inputTensor(data, indices), targets: Object.fromEntries(targets) };
}

/** Uploads the inputs of some samples, [indices.length, …input]. */
export function inputTensor(data: TaskData, indices: Int32Array): Tensor {
  const width = data.inputShape.reduce((product, extent) => product * extent, 1);
  return tensorFrom(gatherRows(data.inputs, width, indices), [indices.length, ...data.inputShape]);
}

export function uploadAll(parameters: HostParameters): Parameters {
  const entries = Object.entries(parameters).map(([name, { shape, values }]): [string, Tensor] => [
    name,
    // A copy: the cpu backend keeps the array that it is given.
    tensorFrom(values.slice(), shape),
  ]);
  return Object.fromEntries(entries);
}

/** Cuts the θ of one step into the tensors of the slots: scalars, or [size]. */
export function thetaTensors(values: Float32Array, sizes: readonly number[]): readonly Tensor[] {
  let offset = 0;
  return sizes.map((size) => {
    const start = offset;
    offset += size;
    return size === 1 ? scalar(values[start]!) : tensorFrom(values.slice(start, offset), [size]);
  });
}

/** Whether all rows of a row-major array are the same. */
export function rowsAreEqual(values: Float32Array, width: number): boolean {
  for (let index = width; index < values.length; index++) {
    // Object.is, so that rows of NaN count as equal.
    if (!Object.is(values[index], values[index - width])) return false;
  }
  return true;
}

import { stream } from '../../src/core/random.js';
import type { Head } from '../../src/problem/head.js';
import type { Part } from '../../src/problem/part.js';
import type { TaskData } from '../../src/problem/task-data.js';

/** A small task with learnable heads: every target is a noisy function of the first inputs. */
export function toyData(options: {
  readonly heads: readonly Head[];
  readonly inputShape?: readonly number[];
  /** Samples of train, validation, selection, test. */
  readonly sizes?: readonly [number, number, number, number];
}): TaskData {
  const { heads, inputShape = [4], sizes = [48, 24, 8, 16] } = options;
  const width = inputShape.reduce((product, extent) => product * extent, 1);
  const size = sizes.reduce((total, count) => total + count, 0);
  const random = stream('toy', inputShape.join('x'));
  const inputs = Float32Array.from({ length: size * width }, () => random.normal());
  const targets = heads.map((head): [string, Float32Array] => {
    const values = new Float32Array(size * head.outputs);
    for (let sample = 0; sample < size; sample++) {
      const first = inputs.subarray(sample * width, (sample + 1) * width);
      const score = first[0]! - first[1]! + 0.3 * random.normal();
      if (head.kind === 'binary') values[sample] = score > 0.5 ? 1 : 0;
      else if (head.kind === 'regression')
        values.fill(score, sample * head.outputs, (sample + 1) * head.outputs);
      else
        values[sample * head.outputs + Math.min(head.outputs - 1, Math.max(0, Math.floor(score + 1.5)))] = 1;
    }
    return [head.name, values];
  });
  let next = 0;
  const part = (count: number): Int32Array => Int32Array.from({ length: count }, () => next++);
  const [train, validation, selection, test] = sizes;
  const parts: Record<Part, Int32Array> = {
    train: part(train),
    validation: part(validation),
    selection: part(selection),
    test: part(test),
  };
  return {
    size,
    inputShape,
    inputs,
    heads,
    targets: Object.fromEntries(targets),
    columns: { hardness: Float32Array.from({ length: size }, (_, sample) => (sample * 7) % size) },
    parts,
    splitHash: 'toy',
    notes: [],
  };
}

export const BINARY: Head = { name: 'label', kind: 'binary', outputs: 1 };
export const MULTICLASS: Head = { name: 'class', kind: 'multiclass', outputs: 3 };
export const REGRESSION: Head = { name: 'value', kind: 'regression', outputs: 2 };

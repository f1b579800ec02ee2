import { expect, it } from 'vitest';
import { targetDeviations } from '../../src/data/target-deviations.js';
import type { TaskData } from '../../src/problem/task-data.js';

it('measures each output of the regression heads, on the training part alone', () => {
  const data: TaskData = {
    size: 4,
    inputShape: [1],
    inputs: new Float32Array(4),
    heads: [
      { name: 'class', kind: 'binary', outputs: 1 },
      { name: 'value', kind: 'regression', outputs: 2 },
    ],
    targets: {
      class: Float32Array.of(0, 1, 0, 1),
      value: Float32Array.of(100, 7, 1e6, 1e6, 300, 7, 500, 7),
    },
    columns: {},
    parts: {
      train: Int32Array.of(0, 2),
      validation: Int32Array.of(1),
      selection: Int32Array.of(3),
      test: Int32Array.of(),
    },
    splitHash: '',
    notes: [],
  };
  expect(targetDeviations(data)).toEqual({ value: [100, 0] });
});

import { remembered } from '../core/remembered.js';
import type { TaskData } from '../problem/task-data.js';

/**
 * Samples of each class in the training part, by head: [negatives, positives] for binary heads, one count per
 * class for multiclass heads; regression heads are left out. Soft targets count in part.
 */
export const classCounts = remembered((data: TaskData): Readonly<Record<string, Float32Array>> => {
  const entries = data.heads
    .filter(({ kind }) => kind !== 'regression')
    .map((head): [string, Float32Array] => {
      const sums = new Float64Array(head.outputs);
      const values = data.targets[head.name]!;
      for (const sample of data.parts.train) {
        for (let output = 0; output < head.outputs; output++) {
          sums[output]! += values[sample * head.outputs + output]!;
        }
      }
      if (head.kind === 'multiclass') return [head.name, Float32Array.from(sums)];
      const positives = sums.reduce((total, sum) => total + sum, 0);
      return [head.name, Float32Array.of(data.parts.train.length * head.outputs - positives, positives)];
    });
  return Object.fromEntries(entries);
});

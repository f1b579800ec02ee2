import type { TaskData } from '../problem/task-data.js';
import { moments } from './moments.js';

/** Deviation of the targets in the training part, one for each output, by regression head; no other heads. */
export function targetDeviations(data: TaskData): Readonly<Record<string, readonly number[]>> {
  const entries = data.heads
    .filter(({ kind }) => kind === 'regression')
    .map(({ name, outputs }): [string, readonly number[]] => {
      const values = data.targets[name]!;
      const column = (output: number): Float64Array =>
        Float64Array.from(data.parts.train, (sample) => values[sample * outputs + output]!);
      return [name, Array.from({ length: outputs }, (_, output) => moments(column(output)).deviation)];
    });
  return Object.fromEntries(entries);
}

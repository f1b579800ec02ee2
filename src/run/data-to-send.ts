import type { TaskData } from '../problem/task-data.js';

/** Bytes of data that a worker is sent; what is larger it loads itself, which is quicker then. */
const MOST_BYTES = 16 * 2 ** 20;

/** The data as a message to a worker; undefined where it is too large for one. Further properties stay behind. */
export function dataToSend(data: TaskData): TaskData | undefined {
  const { size, inputShape, inputs, heads, targets, columns, parts, splitHash, notes } = data;
  const arrays: (Float32Array | Int32Array)[] = [
    inputs,
    ...Object.values(targets),
    ...Object.values(columns),
    ...Object.values(parts),
  ];
  const buffers = new Set(arrays.map(({ buffer }) => buffer));
  const bytes = [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (bytes > MOST_BYTES) return undefined;
  const plainHeads = heads.map(({ name, kind, outputs }) => ({ name, kind, outputs }));
  return { size, inputShape, inputs, heads: plainHeads, targets, columns, parts, splitHash, notes };
}

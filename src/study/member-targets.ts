import type { Head } from '../problem/head.js';
import type { Part } from '../problem/part.js';
import type { TaskData } from '../problem/task-data.js';

/** Targets of one head on one part, row-major [part size, outputs]. */
export function memberTargets(data: TaskData, head: Head, part: Part): Float32Array {
  const targets = data.targets[head.name];
  if (targets === undefined) throw new RangeError(`no targets for the head "${head.name}"`);
  const members = data.parts[part];
  const gathered = new Float32Array(members.length * head.outputs);
  members.forEach((member, row) => {
    const start = member * head.outputs;
    gathered.set(targets.subarray(start, start + head.outputs), row * head.outputs);
  });
  return gathered;
}

import { canonicalJson, HASH_DIGITS, sha256 } from '../core/json.js';
import { byText } from '../core/order.js';
import { PARTS } from '../problem/part.js';
import type { TaskData } from '../problem/task-data.js';

/**
 * First {@link HASH_DIGITS} hexadecimal digits of the SHA-256 of everything that a score depends on: the shape and
 * the bytes of the inputs, the heads, the targets by head name, and the four parts in order.
 */
export function splitHash(
  data: Pick<TaskData, 'size' | 'inputShape' | 'inputs' | 'heads' | 'targets' | 'parts'>,
): string {
  const { size, inputShape, inputs, heads, targets, parts } = data;
  const names = Object.keys(targets).sort(byText);
  // Lengths come first, so that no byte can move from one array to the next unseen.
  const outline = canonicalJson({
    size,
    inputShape,
    heads,
    targets: names.map((name) => [name, targets[name]!.length]),
    parts: PARTS.map((part) => parts[part].length),
  });
  const arrays = [inputs, ...names.map((name) => targets[name]!), ...PARTS.map((part) => parts[part])];
  return sha256(
    outline,
    ...arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)),
  ).slice(0, HASH_DIGITS);
}

import { isAlias, isMap, isScalar, isSeq, type Alias, type Node } from 'yaml';
import { renderValue } from './render-value.js';
import type { Path } from './schema-problem.js';

/** Offset of the first character of a node. */
export const nodeStart = (node: Node): number => node.range?.[0] ?? 0;

/** Text of a key; numbers and booleans as they are written. */
export function keyText(key: unknown): string | undefined {
  if (!isScalar(key) || key.value === null) return undefined;
  if (typeof key.value === 'string') return key.value;
  return key.source ?? renderValue(key.value);
}

/**
 * Offset of an entry: of its key or of its value. What does not exist has the offset of what should hold it.
 * @param targets what each alias stands for
 */
export function findNode(
  root: Node,
  path: Path,
  target: 'key' | 'value',
  targets: ReadonlyMap<Alias, Node>,
): number {
  let node = root;
  let offset = nodeStart(root);
  for (const [index, step] of path.entries()) {
    while (isAlias(node)) node = targets.get(node)!;
    if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined;
      if (item === undefined) return offset;
      node = item;
      offset = nodeStart(item);
    } else {
      const pairs = isMap<Node, Node | null>(node) ? node.items : [];
      const pair = pairs.find(({ key }) => keyText(key) === String(step));
      if (pair === undefined) return offset;
      const last = index === path.length - 1;
      if (pair.value === null || (last && target === 'key')) return nodeStart(pair.key);
      node = pair.value;
      // What is missing below is shown at the key that should hold it.
      offset = last ? nodeStart(node) : nodeStart(pair.key);
    }
  }
  return offset;
}

import { isAlias, isMap, isScalar, isSeq, type Alias, type Node } from 'yaml';
import type { UserErrorDetails } from './errors.js';
import { printable, renderValue } from './render-value.js';
import { keyText, nodeStart } from './yaml-nodes.js';

/** Levels of maps, lists and aliases. */
export const DEEPEST = 64;
export const TOO_DEEP = `nested deeper than ${DEEPEST} levels`;
/** Nodes after the aliases are expanded: stops alias bombs. */
const MOST_NODES = 100_000;
const TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((tag) => `tag:yaml.org,2002:${tag}`),
);

type Fail = (offset: number, details: Omit<UserErrorDetails, 'code' | 'place'>) => never;

/**
 * A node as plain data: maps as objects with string keys, lists, strings, numbers, booleans and null. Aliases are
 * expanded and noted in `targets`.
 * @param fail throws the error for the node at an offset: it nests too deep, holds too much or itself, has a tag, or a
 *   key that is no plain text, stands twice, or is special
 */
export function toPlain(root: Node, targets: Map<Alias, Node>, fail: Fail): unknown {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let count = 0;

  const convert = (node: Node, depth: number, inAlias: boolean): unknown => {
    const at = nodeStart(node);
    if (depth > DEEPEST) fail(at, { message: TOO_DEEP });
    if (++count > MOST_NODES) {
      fail(at, {
        message: 'too many entries after the aliases are expanded',
        expected: `at most ${MOST_NODES}`,
      });
    }
    if (isAlias(node)) {
      const target = inAlias ? targets.get(node) : anchors.get(node.source);
      if (target === undefined)
        return fail(at, { message: `no anchor "&${printable(node.source)}" before this alias` });
      if (open.has(target)) return fail(at, { message: 'the alias refers to a map or list that holds it' });
      targets.set(node, target);
      return convert(target, depth + 1, true);
    }
    if (node.tag !== undefined && !TAGS.has(node.tag)) {
      fail(at, { message: 'unknown tag', found: printable(node.tag), expected: 'no tag' });
    }
    if ('anchor' in node && node.anchor !== undefined && !inAlias) anchors.set(node.anchor, node);
    if (isScalar(node)) {
      const { value } = node;
      if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return value;
      return fail(at, { message: 'unsupported value', expected: 'text, a number, true, false or null' });
    }
    open.add(node);
    const plain = isSeq(node)
      ? node.items.map((item) => convert(item as Node, depth + 1, inAlias))
      : convertMap(node, depth, inAlias);
    open.delete(node);
    return plain;
  };

  const convertMap = (node: Node, depth: number, inAlias: boolean): unknown => {
    const plain: Record<string, unknown> = {};
    for (const { key, value } of isMap<Node, Node | null>(node) ? node.items : []) {
      const at = nodeStart(key);
      const name = keyText(key);
      if (name === undefined) {
        return fail(at, {
          message: 'a key must be plain text',
          found: isScalar(key) ? 'no key' : 'something else',
        });
      }
      if (name === '<<') fail(at, { message: 'merge keys (<<) are not supported; write the keys out' });
      if (name === '__proto__') fail(at, { message: 'the key "__proto__" is not allowed' });
      if (Object.hasOwn(plain, name))
        fail(at, { message: 'the key appears twice in one map', found: renderValue(name) });
      convert(key, depth, inAlias);
      plain[name] = value === null ? null : convert(value, depth + 1, inAlias);
    }
    return plain;
  };

  return convert(root, 1, false);
}

import type { Path } from './schema-problem.js';
import { child } from './schema-keys.js';

/**
 * The entry of a value that a text such as `loss.heads.label.name` means. Keys may hold dots themselves: the longest that
 * fits is meant. What is not there is split at its dots.
 */
export function entryPath(value: unknown, text: string): Path {
  if (text === '') return [];
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  const key = keys
    .filter((one) => text === one || text.startsWith(`${one}.`))
    .sort((a, b) => b.length - a.length)[0];
  return key === undefined
    ? text.split('.')
    : [key, ...entryPath(child(value, key), text.slice(key.length + 1))];
}

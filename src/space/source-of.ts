import { child } from '../core/schema-keys.js';
import type { Path } from '../core/schema-problem.js';
import type { Assignment } from './space.js';

/** An entry of the definition of a space. */
export interface Source {
  readonly path: Path;
  /** It is a parameter, or a value of one, that the candidate refers to. */
  readonly isParameter: boolean;
}

/** Relative distance within which an end of a range is taken for the value: a logarithm and back. */
const CLOSE = 1e-9;

/**
 * The entry of a definition that gives a value of the candidate: the one in the template, through the cases that the
 * assignment chooses, or the parameter that it refers to, down to the end of the range or the choice.
 * @param definition of a space, checked
 * @param place of an entry of the candidate that is built from the assignment; its path may lead to what is not there
 */
export function sourceOf(
  definition: unknown,
  assignment: Assignment,
  place: { readonly path: Path; readonly target: 'key' | 'value' },
  value: unknown,
): Source {
  const { path, target } = place;
  let source: Path = ['candidate'];
  let node = child(definition, 'candidate');
  const enter = (key: string | number): void => {
    source = [...source, key];
    node = child(node, key);
  };
  for (let next = 0; ; next++) {
    for (let on = child(node, '$switch'); typeof on === 'string'; on = child(node, '$switch')) {
      const chosen = String(assignment[on.replace(/^\$/, '')]);
      if (child(child(node, 'cases'), chosen) === undefined) enter('default');
      else {
        enter('cases');
        enter(chosen);
      }
    }
    const isKey = target === 'key' && next === path.length;
    const name = typeof node === 'string' && !isKey ? /^\$([^$.]+)/.exec(node)?.[1] : undefined;
    if (name !== undefined) return { path: valueIn(definition, name, value), isParameter: true };
    if (next === path.length) return { path: source, isParameter: false };
    enter(path[next]!);
  }
}

/** The end of the range or the choice of a parameter that the value is; the parameter where it is none of them. */
function valueIn(definition: unknown, name: string, value: unknown): Path {
  const parameter = ['parameters', name];
  const written = parameter.reduce(child, definition);
  const choices = child(written, 'choices');
  const choice = Array.isArray(choices) ? choices.indexOf(value) : -1;
  if (choice !== -1) return [...parameter, 'choices', choice];
  const end = ['low', 'high'].find((key) => isClose(child(written, key), value));
  return end === undefined ? parameter : [...parameter, end];
}

const isClose = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number' && Math.abs(a - b) <= CLOSE * Math.abs(a);

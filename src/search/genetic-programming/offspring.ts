import type { Stream } from '../../core/random.js';
import { parseExpression } from '../../expressions/parse-expression.js';
import { printExpression } from '../../expressions/print-expression.js';
import { crossExpressions } from '../../expressions/vary/cross.js';
import { mutateExpression } from '../../expressions/vary/mutate-expression.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Entry, EntryValue, Space } from '../../space/space.js';
import { isFree, uniformPoint } from '../points.js';
import { reflect } from '../mutation.js';

/** Standard deviation of a step of a number, as part of its range. */
const STEP = 0.1;

/** A child of two: formulas by subtree crossover, every other entry from one of them by a coin. */
export function crossAssignments(
  space: Space,
  first: Assignment,
  second: Assignment,
  random: Stream,
): Assignment {
  return assemble(space, random, (entry) => {
    const [own, other] = [valueIn(first, entry.name), valueIn(second, entry.name)];
    if (own === undefined || other === undefined) return own ?? other;
    if (entry.language === undefined) return random.uniform() < 0.5 ? own : other;
    const [a, b] = [parseExpression(String(own)), parseExpression(String(other))];
    const child = crossExpressions(entry.language, a, b, random);
    return child === undefined ? own : printExpression(child);
  });
}

/** A child of one: every formula mutated, and of n other entries each with the chance 1/n. */
export function mutateAssignment(space: Space, parent: Assignment, random: Stream): Assignment {
  const others = space.entries.filter(
    (entry) => entry.language === undefined && isFree(entry) && valueIn(parent, entry.name) !== undefined,
  );
  return assemble(space, random, (entry) => {
    const value = valueIn(parent, entry.name);
    if (value === undefined) return undefined;
    if (entry.language !== undefined) {
      return printExpression(mutateExpression(entry.language, parseExpression(String(value)), random));
    }
    return isFree(entry) && random.uniform() * others.length < 1 ? moved(entry, value, random) : value;
  });
}

/** Another choice, or a normal step of a number. */
function moved(entry: Entry, value: EntryValue, random: Stream): EntryValue {
  if (entry.kind === 'categorical') return entry.decode(uniformPoint(entry.dimensions, random));
  const step = Math.max(STEP, 1 / entry.cardinality);
  return entry.decode(entry.encode(value).map((u) => reflect(u + step * random.normal())));
}

/** Values for the entries that are active; those for which there is none are drawn from the space. */
function assemble(
  space: Space,
  random: Stream,
  valueOf: (entry: Entry) => EntryValue | undefined,
): Assignment {
  let child: Assignment = {};
  for (const entry of space.entries) {
    if (!space.isActive(entry, child)) continue;
    const value = valueOf(entry) ?? entry.decode(uniformPoint(entry.dimensions, random));
    child = { ...child, [entry.name]: value };
  }
  return child;
}

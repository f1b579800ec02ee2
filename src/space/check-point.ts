import { renderValue } from '../core/render-value.js';
import { languageProblem } from '../expressions/language-problem.js';
import { valueIn } from './entry-value.js';
import type { Assignment, Entry, EntryValue, Space } from './space.js';
import { failUnknown, type Fail } from './space-problem.js';

/** Relative distance from a value of the entry within which a number is taken for it. */
const CLOSE = 1e-9;

/**
 * Checks values of some entries of a space, given by hand. An entry with conditions needs the entries that it depends on
 * beside it, with values that make it active.
 * @returns the values in the order of the space
 * @throws UserError `space` at the entry, for one that is not in the space, is not active, or never has the value
 */
export function checkPoint(space: Space, point: Readonly<Record<string, unknown>>, fail: Fail): Assignment {
  const names = space.entries.map(({ name }) => name);
  for (const name of Object.keys(point)) {
    if (!names.includes(name)) failUnknown(fail, [name], 'entry of the space', name, names, 'key');
  }
  const checked: Record<string, EntryValue> = {};
  for (const entry of space.entries) {
    const { name } = entry;
    if (!Object.hasOwn(point, name)) continue;
    for (const { entry: other, oneOf } of entry.conditions) {
      const decided = valueIn(checked, other);
      if (decided !== undefined && (oneOf as readonly EntryValue[]).includes(decided)) continue;
      fail([name], `"${name}" is not active here`, {
        target: 'key',
        found: decided === undefined ? `no value of "${other}"` : `${other}: ${renderValue(decided)}`,
        expected: `${other}: ${oneOf.map((value) => renderValue(value)).join(' or ')}`,
      });
    }
    const value = nearestValue(entry, point[name]);
    if (value === undefined) {
      const given = point[name];
      const problem =
        entry.language === undefined || typeof given !== 'string'
          ? undefined
          : languageProblem(entry.language, given);
      if (problem !== undefined) {
        const { message, ...details } = problem;
        fail([name], message, details);
      }
      fail([name], `"${name}" never has this value`, {
        found: renderValue(given),
        expected: valuesText(entry),
      });
    }
    checked[name] = value;
  }
  return checked;
}

/** The value of the entry that is meant; undefined where it has none like it. */
export function nearestValue(entry: Entry, value: unknown): EntryValue | undefined {
  switch (entry.kind) {
    case 'categorical':
      return entry.choices!.find((choice) => choice === value);
    case 'expression':
      return typeof value === 'string' ? formulaOf(entry, value) : undefined;
    case 'simplex': {
      const weights = Array.isArray(value) ? (value as readonly unknown[]) : [];
      if (weights.length !== entry.dimensions + 1) return undefined;
      if (!weights.every((one): one is number => typeof one === 'number' && one >= 0)) return undefined;
      if (Math.abs(weights.reduce((sum, one) => sum + one, 0) - 1) > 1e-6) return undefined;
      return entry.decode(entry.encode(weights));
    }
    case 'float':
    case 'int': {
      if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
      const [low, high] = [entry.decode([0]) as number, entry.decode([1]) as number];
      if (value < low || value > high) return undefined;
      if (entry.cardinality === Number.POSITIVE_INFINITY) return value;
      const nearest = entry.decode(entry.encode(value)) as number;
      return Math.abs(nearest - value) <= CLOSE * Math.max(1, Math.abs(value)) ? nearest : undefined;
    }
  }
}

/** The normal form of a formula; undefined where it is none, or none of the language of the entry. */
function formulaOf(entry: Entry, text: string): EntryValue | undefined {
  try {
    return entry.decode(entry.encode(text));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function valuesText(entry: Entry): string {
  if (entry.language !== undefined) {
    const { variables, maxDepth, maxSize } = entry.language;
    return `a formula of ${variables.join(', ')}, at most ${maxDepth} deep and ${maxSize} nodes large`;
  }
  if (entry.choices !== undefined)
    return `one of ${entry.choices.map((choice) => renderValue(choice)).join(', ')}`;
  if (entry.kind === 'simplex') return `a list of ${entry.dimensions + 1} weights ≥ 0 with sum 1`;
  const [low, high] = [entry.decode([0]) as number, entry.decode([1]) as number];
  if (entry.kind === 'float' && entry.cardinality === Number.POSITIVE_INFINITY) {
    return `a number in ${low} … ${high}`;
  }
  if (entry.cardinality <= 12) return `one of ${entry.grid(entry.cardinality).join(', ')}`;
  const second = entry.decode([1.5 / entry.cardinality]) as number;
  const even = entry.log === true || second - low === 1;
  return even ? `a whole number in ${low} … ${high}` : `one of ${low}, ${second}, …, ${high}`;
}

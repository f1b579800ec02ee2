import type { Choice } from './categorical-entry.js';
import type { Condition, Entry } from './space.js';

/** What must hold for something to be active: by entry the values that are allowed. */
export type Requirements = ReadonlyMap<string, readonly Choice[]>;

export const NO_REQUIREMENTS: Requirements = new Map();

/** Integers up to this many can be conditions and switches. */
const MOST_INTEGERS = 64;

/** The values of an entry that conditions and switches can name, or undefined where there are too many. */
export function distinctValues(entry: Entry): readonly Choice[] | undefined {
  if (entry.choices !== undefined) return entry.choices;
  if (entry.kind !== 'int' || entry.cardinality > MOST_INTEGERS) return undefined;
  return entry.grid(MOST_INTEGERS) as readonly number[];
}

/** Both: by entry the values that both allow. */
export function both(a: Requirements, b: Requirements): Requirements {
  const merged = new Map(a);
  for (const [entry, values] of b) {
    const known = merged.get(entry);
    merged.set(entry, known === undefined ? values : values.filter((value) => known.includes(value)));
  }
  return merged;
}

/** The conditions with all that they require in turn. */
export function closure(
  conditions: readonly Condition[],
  requirementsOf: (entry: string) => Requirements,
): Requirements {
  return conditions.reduce(
    (all, { entry, oneOf }) => both(both(all, requirementsOf(entry)), new Map([[entry, oneOf]])),
    NO_REQUIREMENTS,
  );
}

/** The first requirement that does not follow from the facts, or undefined. */
export function notImplied(
  requirements: Requirements,
  facts: Requirements,
  valuesOf: (entry: string) => readonly Choice[],
): { readonly entry: string; readonly oneOf: readonly Choice[] } | undefined {
  for (const [entry, oneOf] of requirements) {
    const possible = facts.get(entry) ?? valuesOf(entry);
    if (!possible.every((value) => oneOf.includes(value))) return { entry, oneOf };
  }
  return undefined;
}

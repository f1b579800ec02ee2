import type { Candidate } from '../../../src/candidate/candidate.js';
import { hashJson } from '../../../src/core/json.js';
import type { ExpressionLanguage } from '../../../src/expressions/language.js';
import { expressionEntry } from '../../../src/space/expression-entry.js';
import type { Assignment, Condition, Entry, EntryValue, Space } from '../../../src/space/space.js';

/** What a test says of an entry. Written to the contract of src/space/space.ts, apart from its implementation. */
export type TestEntry = { readonly name: string; readonly when?: readonly Condition[] } & (
  | { readonly kind: 'float'; readonly low: number; readonly high: number; readonly log?: boolean }
  | { readonly kind: 'int'; readonly low: number; readonly high: number }
  | { readonly kind: 'categorical'; readonly choices: readonly (string | number | boolean)[] }
  | { readonly kind: 'simplex'; readonly parts: number }
  | ({ readonly kind: 'expression' } & ExpressionLanguage)
);

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Cell of a coordinate among `cells` equal ones. */
const cellOf = (unit: number, cells: number): number => Math.min(cells - 1, Math.floor(clamp(unit) * cells));

function createEntry(definition: TestEntry): Entry {
  const { name } = definition;
  const conditions = definition.when ?? [];
  switch (definition.kind) {
    case 'float': {
      const warp = definition.log === true ? Math.log : (value: number): number => value;
      const unwarp = definition.log === true ? Math.exp : (value: number): number => value;
      const [low, high] = [warp(definition.low), warp(definition.high)];
      const decode = (unit: readonly number[]): number =>
        Math.min(definition.high, Math.max(definition.low, unwarp(low + clamp(unit[0]!) * (high - low))));
      const single = definition.low === definition.high;
      return {
        name,
        kind: 'float',
        dimensions: 1,
        conditions,
        cardinality: single ? 1 : Infinity,
        ...(definition.log === true ? { log: true } : {}),
        decode,
        encode: (value) => [single ? 0.5 : (warp(value as number) - low) / (high - low)],
        grid: (resolution) =>
          single || resolution === 1
            ? [decode([0.5])]
            : Array.from({ length: resolution }, (_, index) => decode([index / (resolution - 1)])),
      };
    }
    case 'int': {
      const cells = definition.high - definition.low + 1;
      const all = Array.from({ length: cells }, (_, index) => definition.low + index);
      return {
        name,
        kind: 'int',
        dimensions: 1,
        conditions,
        cardinality: cells,
        decode: (unit) => definition.low + cellOf(unit[0]!, cells),
        encode: (value) => [((value as number) - definition.low + 0.5) / cells],
        grid: (resolution) =>
          cells <= resolution
            ? all
            : Array.from(
                { length: resolution },
                (_, index) => definition.low + Math.floor(((index + 0.5) * cells) / resolution),
              ),
      };
    }
    case 'categorical': {
      const { choices } = definition;
      return {
        name,
        kind: 'categorical',
        dimensions: 1,
        conditions,
        cardinality: choices.length,
        choices,
        decode: (unit) => choices[cellOf(unit[0]!, choices.length)]!,
        encode: (value) => [(choices.findIndex((choice) => choice === value) + 0.5) / choices.length],
        grid: (resolution) => choices.slice(0, Math.max(1, resolution)),
      };
    }
    // Too much to write twice; test/space/entries.test.ts holds it to the contract.
    case 'expression':
      return expressionEntry(name, definition, conditions);
    case 'simplex': {
      // Stick breaking: part k takes a share of what is left.
      const dimensions = definition.parts - 1;
      const decode = (unit: readonly number[]): number[] => {
        let left = 1;
        const weights = unit.map((coordinate) => {
          const part = left * clamp(coordinate);
          left -= part;
          return part;
        });
        return [...weights, left];
      };
      return {
        name,
        kind: 'simplex',
        dimensions,
        conditions,
        cardinality: Infinity,
        decode,
        encode: (value) => {
          let left = 1;
          return (value as readonly number[]).slice(0, dimensions).map((part) => {
            const share = left > 0 ? clamp(part / left) : 0.5;
            left -= part;
            return share;
          });
        },
        grid: (resolution) =>
          Array.from({ length: resolution }, (_, index) =>
            decode(new Array<number>(dimensions).fill((index + 0.5) / resolution)),
          ),
      };
    }
  }
}

export function testSpace(definitions: readonly TestEntry[]): Space {
  const entries = definitions.map(createEntry);
  const dimensions = entries.reduce((sum, entry) => sum + entry.dimensions, 0);
  const deciding = new Set(definitions.flatMap(({ when = [] }) => when.map(({ entry }) => entry)));
  const isActive = (entry: Entry, assignment: Assignment): boolean =>
    entry.conditions.every(({ entry: other, oneOf }) => oneOf.some((choice) => choice === assignment[other]));
  return {
    name: 'test',
    entries,
    dimensions,
    hash: hashJson(definitions),
    adjustable: definitions
      .filter(({ kind, name }) => kind !== 'categorical' && kind !== 'expression' && !deciding.has(name))
      .map(({ name }) => name),
    isActive,
    decode: (unit) => {
      if (unit.length !== dimensions) throw new RangeError(`${dimensions} coordinates expected`);
      const assignment: Record<string, EntryValue> = {};
      let start = 0;
      for (const entry of entries) {
        const end = start + entry.dimensions;
        if (isActive(entry, assignment)) assignment[entry.name] = entry.decode(unit.slice(start, end));
        start = end;
      }
      return assignment;
    },
    encode: (assignment) =>
      entries.flatMap((entry) => {
        const value = assignment[entry.name];
        return value === undefined ? new Array<number>(entry.dimensions).fill(0.5) : [...entry.encode(value)];
      }),
    build: (assignment): Candidate => ({
      loss: { name: 'test', parameters: assignment as Readonly<Record<string, number>> },
    }),
  };
}

/** The unit cube with entries x0, x1, … */
export function floatSpace(dimensions: number, low = 0, high = 1): Space {
  return testSpace(
    Array.from({ length: dimensions }, (_, index) => ({ name: `x${index}`, kind: 'float', low, high })),
  );
}

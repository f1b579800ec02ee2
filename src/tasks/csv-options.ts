import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { columnLabel, findColumn, findColumns, numberAt, parseNumber } from '../data/columns.js';
import { parseCsv, selectRows, type CsvTable } from '../data/csv-table.js';
import { encodeColumns, type EncodedInputs, type InputColumn } from '../data/encode-columns.js';
import { findDataFile } from '../data/find-data-file.js';
import { readBytes } from '../data/read-bytes.js';
import { fractionsOption, seedOption } from './common-options.js';
import type { TaskEnvironment } from './task.js';

const column = z.union([z.string(), z.int()]);
const columns = z.array(column);

/** Options of every task that reads a table. A column is named by its header text or its position (−1: last). */
export const csvOptions = {
  file: z.string().min(1).describe('CSV file, looked for in the data folders; gzip or not'),
  delimiter: z.string().length(1).default(',').describe('character between cells'),
  quote: z.string().length(1).default('"').describe('character around quoted cells'),
  header: z.boolean().default(true).describe('whether the first row holds the names of the columns'),
  target: column.default(-1).describe('column to predict'),
  inputs: columns.optional().describe('columns to predict from; default: all but the target'),
  ignore: columns.default([]).describe('columns that are not inputs'),
  numeric: columns.default([]).describe('columns that hold numbers; else told from the train part'),
  categorical: columns.default([]).describe('columns of categories, made one 0/1 input each'),
  zerosAreMissing: columns.default([]).describe('numeric columns in which 0 stands for a missing value'),
  missing: z.array(z.string()).default(['', '?', 'NA']).describe('cells that stand for a missing value'),
  missingTarget: z
    .enum(['error', 'drop'])
    .default('error')
    .describe('what becomes of rows whose target is missing'),
  maxCategories: z.int().min(2).max(10_000).default(100).describe('most categories or classes of a column'),
  curriculumColumns: columns
    .default([])
    .describe('numeric columns offered to curricula as they are, by header text or position'),
  size: z.int().min(4).optional().describe('rows to draw at random; default: all'),
  fractions: fractionsOption,
  seed: seedOption,
} as const;

export type CsvTaskOptions = z.infer<z.ZodObject<typeof csvOptions>>;

/** A table whose rows all have a target. */
export interface TargetTable {
  readonly table: CsvTable;
  readonly target: number;
  readonly notes: readonly string[];
}

/** Finds, reads and parses the file, and settles the rows without a target. */
export function loadTable(options: CsvTaskOptions, environment: TaskEnvironment): TargetTable {
  const path = findDataFile(options.file, environment);
  const whole = parseCsv(readBytes(path), path, options);
  const target = findColumn(whole, options.target, 'target');
  const present: number[] = [];
  whole.rows.forEach((cells, row) => {
    if (!options.missing.includes(cells[target]!)) present.push(row);
    else if (options.missingTarget === 'error') {
      throw new UserError({
        code: 'data',
        message: 'a row has no target',
        place: whole.place(row, target),
        found: JSON.stringify(cells[target]),
        expected: 'a value (or "missingTarget: drop")',
      });
    }
  });
  const dropped = whole.rows.length - present.length;
  if (present.length === 0) {
    throw new UserError({
      code: 'data',
      message: 'no row has a target',
      place: whole.place(0, target),
      found: `${dropped} rows without`,
      expected: 'values in the target column',
    });
  }
  return {
    table: dropped === 0 ? whole : selectRows(whole, present),
    target,
    notes: [
      ...(dropped === 0 ? [] : [`${dropped} rows without a target dropped`]),
      ...(whole.hasHeader && whole.names.some((name) => parseNumber(name) !== undefined)
        ? ['the header holds numbers: "header: false" if it is the first row of data']
        : []),
    ],
  };
}

/** The inputs of a table, learned from its train rows. */
export function tableInputs(
  table: CsvTable,
  target: number,
  train: Int32Array,
  options: CsvTaskOptions,
): EncodedInputs {
  const ignored = findColumns(table, options.ignore, 'ignore');
  const chosen = options.inputs === undefined ? undefined : findColumns(table, options.inputs, 'inputs');
  if (chosen?.has(target) === true) {
    throw new UserError({
      code: 'data',
      message: 'the target is among the inputs',
      place: { file: table.file, line: 1 },
      found: columnLabel(table, target),
      expected: 'inputs that do not hold the answer',
    });
  }
  const numeric = findColumns(table, options.numeric, 'numeric');
  const categorical = findColumns(table, options.categorical, 'categorical');
  const zerosAreMissing = findColumns(table, options.zerosAreMissing, 'zerosAreMissing');
  const inputs = table.names.flatMap((_, position): InputColumn[] => {
    if (position === target || ignored.has(position) || chosen?.has(position) === false) return [];
    const isNumeric = numeric.has(position) || zerosAreMissing.has(position);
    if (isNumeric && categorical.has(position)) {
      throw new UserError({
        code: 'data',
        message: `${columnLabel(table, position)} is listed as numeric and as categorical`,
        place: { file: table.file, line: 1 },
        expected: 'one of the two',
      });
    }
    return [
      {
        position,
        zerosAreMissing: zerosAreMissing.has(position),
        ...(isNumeric ? { type: 'numeric' as const } : {}),
        ...(categorical.has(position) ? { type: 'categorical' as const } : {}),
      },
    ];
  });
  return encodeColumns(table, train, inputs, options);
}

/** Columns for curricula that the tasks make themselves. */
const OWN_COLUMNS: readonly string[] = ['wrong-label', 'outlier'];

/** The columns for curricula, unscaled, under the names by which the options call them. */
export function curriculumColumns(
  table: CsvTable,
  { curriculumColumns: references }: CsvTaskOptions,
): Record<string, Float32Array> {
  return Object.fromEntries(
    references.map((reference) => {
      const position = findColumn(table, reference, 'curriculumColumns');
      if (OWN_COLUMNS.includes(String(reference))) {
        throw new UserError({
          code: 'data',
          message: 'a curriculum column has a name that the task itself uses',
          place: { file: table.file, line: 1 },
          found: JSON.stringify(reference),
          expected: 'the column by its position',
        });
      }
      const values = table.rows.map((_, row) => numberAt(table, row, position, 'a number in every row'));
      return [String(reference), Float32Array.from(values)];
    }),
  );
}

import { UserError } from '../core/errors.js';
import { byText } from '../core/order.js';
import { columnLabel, numberAt, parseNumber } from './columns.js';
import type { CsvTable } from './csv-table.js';
import { isConstant, median, moments } from './moments.js';

export interface InputColumn {
  readonly position: number;
  /** Left out: told from the train rows. */
  readonly type?: 'numeric' | 'categorical';
  /** Whether the number 0 stands for a value that is missing. */
  readonly zerosAreMissing: boolean;
}

export interface EncodingOptions {
  /** Cells that stand for a missing value. */
  readonly missing: readonly string[];
  /** Most categories that a column may have. */
  readonly maxCategories: number;
}

export interface EncodedInputs {
  /** Row-major [table rows, width]. */
  readonly values: Float32Array;
  readonly width: number;
  readonly notes: readonly string[];
}

/** Values of one input of the model for every row of the table, and remarks. */
interface Encoded {
  readonly inputs: readonly Float32Array[];
  readonly notes: readonly string[];
}

/** Share of the cells of a column that must be numbers for it to count as numeric when nothing says so. */
const NUMERIC_SHARE = 0.95;

/**
 * Turns text columns into inputs of a model. Everything that is learned from the data (types that are not given,
 * medians, means, deviations, categories) is learned from the train rows alone.
 *
 * Numeric: missing values become the train median, then mean 0 and deviation 1 over the train rows. Categorical:
 * one 0/1 input per category of the train rows in the order of their text, missing values being a category of
 * their own (last); a category that the train rows do not have is all zeros. Columns that are constant over the
 * train rows are dropped.
 *
 * @param train the rows to learn from.
 * @throws UserError `data` for text in a numeric column, too many categories, or no column left.
 */
export function encodeColumns(
  table: CsvTable,
  train: Int32Array,
  columns: readonly InputColumn[],
  options: EncodingOptions,
): EncodedInputs {
  const encoded = columns.map((column) => {
    const type = column.type ?? inferType(table, train, column.position, options);
    return type === 'numeric'
      ? encodeNumeric(table, train, column, options)
      : encodeCategorical(table, train, column, options);
  });
  const inputs = encoded.flatMap((column) => column.inputs);
  const notes = encoded.flatMap((column) => column.notes);
  if (inputs.length === 0) {
    throw new UserError({
      code: 'data',
      message: 'no input column is left',
      place: { file: table.file },
      ...(notes.length === 0 ? {} : { found: notes.join('; ') }),
      expected: 'a column besides the target that is not constant',
    });
  }
  const values = new Float32Array(table.rows.length * inputs.length);
  inputs.forEach((input, position) => {
    input.forEach((value, row) => (values[row * inputs.length + position] = value));
  });
  return { values, width: inputs.length, notes };
}

function inferType(
  table: CsvTable,
  train: Int32Array,
  position: number,
  { missing }: EncodingOptions,
): 'numeric' | 'categorical' {
  const cells = Array.from(train, (row) => table.rows[row]![position]!).filter(
    (cell) => !missing.includes(cell),
  );
  const numbers = cells.filter((cell) => parseNumber(cell) !== undefined).length;
  return numbers >= NUMERIC_SHARE * cells.length ? 'numeric' : 'categorical';
}

function encodeNumeric(
  table: CsvTable,
  train: Int32Array,
  { position, zerosAreMissing }: InputColumn,
  { missing }: EncodingOptions,
): Encoded {
  const label = columnLabel(table, position);
  const values = new Float64Array(table.rows.length);
  let absent = 0;
  for (let row = 0; row < table.rows.length; row++) {
    const isMissing = missing.includes(table.rows[row]![position]!);
    const value = isMissing
      ? NaN
      : numberAt(
          table,
          row,
          position,
          'a number, a cell listed in "missing", or the column in "categorical"',
        );
    values[row] = zerosAreMissing && value === 0 ? NaN : value;
    if (Number.isNaN(values[row])) absent++;
  }
  const known = Float64Array.from(train, (row) => values[row]!).filter((value) => !Number.isNaN(value));
  if (known.length === 0) return dropped(label, 'has no value in the train part');
  const middle = median(known);
  const filled = values.map((value) => (Number.isNaN(value) ? middle : value));
  const trainMoments = moments(Float64Array.from(train, (row) => filled[row]!));
  if (isConstant(trainMoments)) return dropped(label, 'is constant over the train part');
  const { mean, deviation } = trainMoments;
  const inputs = Float32Array.from(filled, (value) => (value - mean) / deviation);
  const overflow = inputs.findIndex((value) => !Number.isFinite(value));
  if (overflow >= 0) {
    throw new UserError({
      code: 'data',
      message: `a number of ${label} is too large beside the train part`,
      place: table.place(overflow, position),
      found: JSON.stringify(table.rows[overflow]![position]),
      expected: `values near ${mean}, within float32 range of deviations of ${deviation}`,
    });
  }
  return {
    inputs: [inputs],
    notes: absent === 0 ? [] : [`${label}: ${absent} missing values became the train median ${middle}`],
  };
}

function encodeCategorical(
  table: CsvTable,
  train: Int32Array,
  { position }: InputColumn,
  { missing, maxCategories }: EncodingOptions,
): Encoded {
  const label = columnLabel(table, position);
  // undefined stands for a missing value.
  const categoryOf = (row: number): string | undefined => {
    const cell = table.rows[row]![position]!;
    return missing.includes(cell) ? undefined : cell;
  };
  const seen = new Set(Array.from(train, categoryOf));
  const named = [...seen].filter((category) => category !== undefined).sort(byText);
  const categories: readonly (string | undefined)[] = seen.has(undefined) ? [...named, undefined] : named;
  if (categories.length > maxCategories) {
    throw new UserError({
      code: 'data',
      message: `the categorical ${label} has too many categories`,
      place: { file: table.file },
      found: `${categories.length} categories in the train part`,
      expected: `at most ${maxCategories} (raise "maxCategories", or list the column in "ignore" or "numeric")`,
    });
  }
  if (categories.length < 2) return dropped(label, 'is constant over the train part');
  const indexOf = new Map(categories.map((category, index) => [category, index]));
  const inputs = categories.map(() => new Float32Array(table.rows.length));
  let unseen = 0;
  for (let row = 0; row < table.rows.length; row++) {
    const index = indexOf.get(categoryOf(row));
    if (index === undefined) unseen++;
    else inputs[index]![row] = 1;
  }
  return {
    inputs,
    notes: unseen === 0 ? [] : [`${label}: ${unseen} rows with a category not in the train part`],
  };
}

const dropped = (label: string, why: string): Encoded => ({
  inputs: [],
  notes: [`${label} dropped: it ${why}`],
});

import { UserError } from '../core/errors.js';
import { parseNumber } from './columns.js';
import type { CsvTable } from './csv-table.js';
import { encodeCategorical } from './encode-categorical.js';
import { encodeNumeric } from './encode-numeric.js';
import type { EncodingOptions, InputColumn } from './encoded-column.js';

export interface EncodedInputs {
  /** Row-major [table rows, width]. */
  readonly values: Float32Array;
  readonly width: number;
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

import { UserError } from '../core/errors.js';
import { columnLabel, numberAt } from './columns.js';
import type { CsvTable } from './csv-table.js';
import { dropped, type EncodedColumn, type EncodingOptions, type InputColumn } from './encoded-column.js';
import { isConstant, median, moments } from './moments.js';

/**
 * One input: missing values become the train median, then mean 0 and deviation 1 over the train rows.
 * @throws UserError `data` for text, and for a number out of float32 range beside the train rows.
 */
export function encodeNumeric(
  table: CsvTable,
  train: Int32Array,
  { position, zerosAreMissing }: InputColumn,
  { missing }: EncodingOptions,
): EncodedColumn {
  const label = columnLabel(table, position);
  const isMissing = (row: number): boolean => missing.includes(table.rows[row]![position]!);
  // What it is a column of nobody knows then: text in the other rows is no fault of theirs.
  if (train.every(isMissing)) return dropped(label, 'has no value in the train part');
  const values = new Float64Array(table.rows.length);
  let absent = 0;
  for (let row = 0; row < table.rows.length; row++) {
    const value = isMissing(row)
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

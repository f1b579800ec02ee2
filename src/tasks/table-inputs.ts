import { UserError } from '../core/errors.js';
import { columnLabel, findColumns } from '../data/columns.js';
import type { CsvTable } from '../data/csv-table.js';
import { encodeColumns, type EncodedInputs } from '../data/encode-columns.js';
import type { InputColumn } from '../data/encoded-column.js';
import type { CsvTaskOptions } from './csv-options.js';

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

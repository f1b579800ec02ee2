import { UserError } from '../core/errors.js';
import { findColumn, numberAt } from '../data/columns.js';
import type { CsvTable } from '../data/csv-table.js';
import type { CsvTaskOptions } from './csv-options.js';

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

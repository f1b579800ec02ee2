import { UserError } from '../core/errors.js';
import { findColumn, parseNumber } from '../data/columns.js';
import { parseCsv, selectRows, type CsvTable } from '../data/csv-table.js';
import { findDataFile } from '../data/find-data-file.js';
import { readBytes } from '../data/read-bytes.js';
import type { CsvTaskOptions } from './csv-options.js';
import type { TaskEnvironment } from './task.js';

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

import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { numberAt } from '../data/columns.js';
import { selectRows } from '../data/csv-table.js';
import { isConstant, moments } from '../data/moments.js';
import { addOutliers } from '../data/outliers.js';
import { splitParts, subsample } from '../data/split-parts.js';
import { assembleTask } from './assemble.js';
import { TABLE_MODEL, taskStreams } from './common-options.js';
import { csvOptions } from './csv-options.js';
import { curriculumColumns } from './curriculum-columns.js';
import { loadTable } from './load-table.js';
import { VALUE_HEAD, valueMetrics } from './regression.js';
import { tableInputs } from './table-inputs.js';
import type { Task } from './task.js';

const schema = z.strictObject({
  ...csvOptions,
  standardiseTarget: z
    .boolean()
    .default(true)
    .describe('targets with mean 0 and deviation 1 over the train part; losses and metrics are in that unit'),
  outliers: z
    .strictObject({
      fraction: z.number().min(0).max(0.9).describe('share of the train targets that are shifted'),
      magnitude: z.number().gt(0).max(1000).describe('size of the shift in deviations of the train targets'),
    })
    .optional()
    .describe('gross errors in the train targets only, up or down with equal chance; default: none'),
});

type CsvRegressionOptions = z.infer<typeof schema>;

/**
 * A number from a table. The unit of the target is settled before outliers are added, so that scores with and
 * without them compare. Column for curricula: `outlier`, 1 where the target was shifted.
 */
export const csvRegression: Task<CsvRegressionOptions> = {
  name: 'csv-regression',
  summary: 'a number from a CSV file: one-hot and standardised inputs, optional outliers',
  schema,
  async load(options, environment) {
    const streams = taskStreams(options.seed, 'csv-regression');
    const loaded = loadTable(options, environment);
    const rows = loaded.table.rows.length;
    const chosen = subsample(rows, undefined, options.size ?? rows, streams('subsample'));
    const table = selectRows(loaded.table, chosen);
    const size = chosen.length;
    const parts = splitParts({ size, fractions: options.fractions, random: streams('split') });
    const values = Float64Array.from({ length: size }, (_, row) =>
      numberAt(table, row, loaded.target, 'a number to predict'),
    );
    const trainMoments = moments(Float64Array.from(parts.train, (row) => values[row]!));
    if (isConstant(trainMoments)) {
      throw new UserError({
        code: 'data',
        message: 'the target is constant over the train part',
        place: table.place(0, loaded.target),
        found: String(trainMoments.mean),
        expected: 'values that differ',
      });
    }
    const { mean, deviation } = trainMoments;
    const outlier = addOutliers(values, parts.train, {
      fraction: options.outliers?.fraction ?? 0,
      shift: (options.outliers?.magnitude ?? 0) * deviation,
      random: streams('outliers'),
    });
    const unit = options.standardiseTarget ? { mean, deviation } : { mean: 0, deviation: 1 };
    const inputs = tableInputs(table, loaded.target, parts.train, options);
    const shifted = outlier.filter((flag) => flag === 1).length;
    return assembleTask({
      size,
      inputShape: [inputs.width],
      inputs: inputs.values,
      heads: [{ name: VALUE_HEAD, kind: 'regression', outputs: 1 }],
      targets: { [VALUE_HEAD]: Float32Array.from(values, (value) => (value - unit.mean) / unit.deviation) },
      columns: { ...curriculumColumns(table, options), outlier },
      parts,
      notes: [
        ...loaded.notes,
        options.standardiseTarget
          ? `target standardised: 0 is ${mean}, a unit of loss and metrics is ${deviation} of the file`
          : 'target in the unit of the file',
        ...(shifted === 0
          ? []
          : [`${shifted} train targets shifted by ${options.outliers!.magnitude} deviations`]),
        ...inputs.notes,
      ],
    });
  },
  defaults: (_, data) => ({
    model: TABLE_MODEL,
    metrics: valueMetrics(data),
    plainLoss: { [VALUE_HEAD]: 'mse' },
  }),
};

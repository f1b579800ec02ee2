import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { classLabels } from '../data/class-labels.js';
import { selectRows, type CsvTable } from '../data/csv-table.js';
import { assembleTask } from './assemble.js';
import { splitClasses, type ClassSplit } from './class-split.js';
import { CLASS_HEAD, classHead, classMetrics, classTargets, wrongLabels } from './classification.js';
import { imbalanceOption, labelNoiseOptions, TABLE_MODEL, taskStreams } from './common-options.js';
import { csvOptions } from './csv-options.js';
import { curriculumColumns } from './curriculum-columns.js';
import { loadTable } from './load-table.js';
import { tableInputs } from './table-inputs.js';
import type { Task } from './task.js';

const schema = z.strictObject({
  ...csvOptions,
  positive: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .describe('label of class 1, against all others; default with two labels: the rarer'),
  imbalance: imbalanceOption.default(1),
  ...labelNoiseOptions,
});

type CsvClassificationOptions = z.infer<typeof schema>;

/** Classes from a table: binary with two labels or a `positive` one, else multiclass. Stratified split. */
export const csvClassification: Task<CsvClassificationOptions> = {
  name: 'csv-classification',
  summary: 'classes from a CSV file: one-hot and standardised inputs, stratified split',
  schema,
  async load(options, environment) {
    const { table, target, notes } = loadTable(options, environment);
    const { labels, names } = classLabels(table, target, options);
    const split = splitClasses(labels, names, options, taskStreams(options.seed, 'csv-classification'));
    const samples = selectRows(table, split.rows);
    requireTrainSamples(split, names, table, labels, target);
    const inputs = tableInputs(samples, target, split.parts.train, options);
    return assembleTask({
      size: samples.rows.length,
      inputShape: [inputs.width],
      inputs: inputs.values,
      heads: [classHead(names.length)],
      targets: { [CLASS_HEAD]: classTargets(split.labels, names.length) },
      columns: { ...curriculumColumns(samples, options), 'wrong-label': wrongLabels(split) },
      parts: split.parts,
      notes: [...notes, ...split.notes, ...inputs.notes],
    });
  },
  defaults: (_, data) => ({
    model: TABLE_MODEL,
    metrics: classMetrics(data, data.heads[0]!),
    plainLoss: { [CLASS_HEAD]: 'cross-entropy' },
  }),
};

/** @throws UserError `data` when the train part lacks a class: nothing could learn it. */
function requireTrainSamples(
  { parts, trueLabels }: ClassSplit,
  names: readonly string[],
  table: CsvTable,
  labels: Int32Array,
  target: number,
): void {
  const trained = new Set(Array.from(parts.train, (sample) => trueLabels[sample]!));
  names.forEach((name, label) => {
    if (trained.has(label)) return;
    throw new UserError({
      code: 'data',
      message: `the label ${JSON.stringify(name)} is never seen in the train part`,
      place: table.place(labels.indexOf(label), target),
      found: `${labels.filter((other) => other === label).length} rows with it in the file`,
      expected: 'enough rows for the train part (or a larger train fraction or "size")',
    });
  });
}

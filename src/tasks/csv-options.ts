import { z } from 'zod';
import { fractionsOption, seedOption } from './common-options.js';

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

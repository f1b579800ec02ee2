import { builtinSamplers } from '../../src/search/registry.js';
import { runningBest } from './judge.js';
import { runSearch } from './run-search.js';
import { readTable } from './table.js';

/** One sampler on one table, with some seeds. */
export interface TableJob {
  readonly kind: 'table';
  readonly sampler: string;
  readonly table: string;
  readonly dataFolder: string;
  readonly seeds: number;
  readonly trials: number;
}

/** Best value after each trial, for each seed. */
export type TableResult = readonly (readonly number[])[];

export function runTable({ sampler: name, table: file, dataFolder, seeds, trials }: TableJob): TableResult {
  const table = readTable(dataFolder, file);
  const sampler = builtinSamplers.get(name);
  const options: unknown = sampler.schema.parse({});
  return Array.from({ length: seeds }, (_, seed) => {
    const objective = table.value;
    const plan = { sampler, options, space: table.space, seed: `table/${file}/${seed}`, trials, objective };
    return runningBest(runSearch(plan), trials);
  });
}

import { writeComparison } from './comparison.js';
import { expectedBest } from './expected-best.js';
import type { Chance } from './judge.js';
import { optionsFor, participationOf } from './participation.js';
import type { PartRun } from './parts.js';
import { runInPool } from './pool.js';
import { progress } from './progress.js';
import { hasTables, readTable, TABLES } from './table.js';
import type { TableJob, TableResult } from './table-run.js';

const TRIALS = 100;
/** Draws beyond this are not told apart. */
const MOST_DRAWS = 10_000;

/** Chance on a table: draws without replacement. @param sorted all values, ascending */
export function chanceOf(sorted: readonly number[]): Chance {
  const known = new Map<number, number>();
  return {
    optimum: sorted[0]!,
    most: Math.min(sorted.length, MOST_DRAWS),
    expectation: (n) => {
      const value = known.get(n) ?? expectedBest(sorted, n);
      known.set(n, value);
      return value;
    },
    partBelow: (value) => sorted.filter((other) => other < value).length / sorted.length,
  };
}

/** Judges samplers on the tables of the data folder. */
export async function tablesPart({ settings, dataFolder, folder, print }: PartRun): Promise<void> {
  if (!hasTables(dataFolder)) {
    print(`no hpo-tables in ${dataFolder}: the tables are left out (LOSSMITH_DATA names the folder)\n`);
    return;
  }
  const tables = TABLES.map((name) => ({ file: name, table: readTable(dataFolder, name) }));
  const jobs = tables.flatMap(({ file, table }) =>
    settings.samplers
      .filter(
        (sampler) =>
          optionsFor(sampler, table.space) !== undefined && participationOf(sampler.name).seeds > 0,
      )
      .map(({ name }): TableJob => {
        const seeds = Math.min(settings.seeds, participationOf(name).seeds);
        return { kind: 'table', sampler: name, table: file, dataFolder, seeds, trials: TRIALS };
      }),
  );
  const tell = progress('tables', jobs.length, print);
  const results = await runInPool<TableJob, TableResult>({
    ...{ jobs, workers: settings.workers },
    onDone: (_job, _result, done) => tell(1 / jobs.length, done),
  });
  const contests = tables.map(({ file, table: { sorted, sign } }) => ({
    ...{ problem: file, sign, chance: chanceOf(sorted) },
    competitors: jobs.flatMap(({ table, sampler }, index) =>
      table === file ? [{ name: sampler, bests: results[index]! }] : [],
    ),
  }));
  print(writeComparison(folder, 'tables', 'trials', contests));
}

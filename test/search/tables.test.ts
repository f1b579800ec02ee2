import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtinSamplers } from '../../src/search/registry.js';
import { tCritical } from '../../src/statistics/student-t.js';
import type { Assignment } from '../../src/space/space.js';
import { bestValue, runSearch } from './support/run.js';
import { testSpace, type TestEntry } from './support/space.js';

/** Complete tables of real hyper-parameter landscapes; skipped where the data is absent. */
const folder = path.join(
  process.env['LOSSMITH_DATA'] ?? path.join(import.meta.dirname, '../../../shared/data'),
  'hpo-tables',
);

interface Table {
  readonly direction: 'maximize' | 'minimize';
  readonly space: Readonly<Record<string, readonly unknown[]>>;
  readonly values: readonly number[];
}

/** Name; best value; exact expected best of 10, 50, 100 and 200 random draws without replacement. */
const tables = [
  ['hpobench-credit_g', 0.88527442, [0.871858, 0.876948, 0.878488, 0.879805]],
  ['hpobench-kc1', 0.85244116, [0.807877, 0.834148, 0.837606, 0.840144]],
  ['hpolib-protein_structure', 0.22137886, [0.298499, 0.262598, 0.251928, 0.243679]],
  ['nasbench201-cifar10', 91.60666665, [89.974809, 90.798694, 91.025071, 91.178484]],
] as const;

const readTable = (name: string): Table =>
  JSON.parse(gunzipSync(readFileSync(path.join(folder, `${name}.json.gz`))).toString()) as Table;

/** Exact expected smallest of n draws without replacement: Σ_i v_(i) P(the smallest rank is i). */
function expectedBest(sorted: readonly number[], n: number): number {
  const total = sorted.length;
  // P(no rank up to i) = C(total − i, n)/C(total, n), by recurrence.
  let none = 1;
  let sum = 0;
  for (let i = 0; i + n <= total; i++) {
    const next = (none * (total - i - n)) / (total - i);
    sum += sorted[i]! * (none - next);
    none = next;
  }
  return sum;
}

/** Sampler, trials, seeds, and the random draws whose expected best it has to beat. */
const contests = [
  ['regularized-evolution', 200, 24, 400],
  ['differential-evolution', 200, 24, 250],
  ['tpe', 100, 24, 180],
] as const;

describe.skipIf(!existsSync(folder))('real landscapes', () => {
  it.each(tables)('%s: samplers beat the exact expectation of chance', (name, optimum, chance) => {
    const table = readTable(name);
    const sign = table.direction === 'maximize' ? -1 : 1;
    const sorted = table.values.map((value) => sign * value).sort((a, b) => a - b);
    expect(sign * sorted[0]!).toBeCloseTo(optimum, 6);
    [10, 50, 100, 200].forEach((draws, index) =>
      expect(Math.abs(sign * expectedBest(sorted, draws) - chance[index]!)).toBeLessThan(1e-6),
    );
    const names = Object.keys(table.space);
    const space = testSpace(
      names.map((entry): TestEntry => {
        const choices = table.space[entry]!;
        return typeof choices[0] === 'number'
          ? { name: entry, kind: 'int', low: 0, high: choices.length - 1 }
          : { name: entry, kind: 'categorical', choices: choices.map((_, index) => index) };
      }),
    );
    const objective = (assignment: Assignment): number => {
      const row = names.reduce(
        (index, entry) => index * table.space[entry]!.length + (assignment[entry] as number),
        0,
      );
      return sign * table.values[row]!;
    };
    for (const [sampler, trials, seeds, draws] of contests) {
      const bests = Array.from({ length: seeds }, (_, seed) =>
        bestValue(
          runSearch({
            sampler: builtinSamplers.get(sampler),
            space,
            seed: `table/${seed}`,
            trials,
            objective,
          }),
        ),
      );
      const mean = bests.reduce((sum, value) => sum + value, 0) / seeds;
      const deviation = Math.sqrt(bests.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seeds - 1));
      // Upper end of the 95 % interval of the mean.
      expect(mean + (tCritical(0.95, seeds - 1) * deviation) / Math.sqrt(seeds), sampler).toBeLessThan(
        expectedBest(sorted, draws),
      );
    }
  });
});

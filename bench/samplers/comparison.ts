import { largest } from '../../src/core/extremes.js';
import { readCsv, withRecorded, writeCsv } from './csv.js';
import { judge, type Chance } from './judge.js';
import { writePicture, type Series } from './line-picture.js';

/** Best values of one competitor after 1, 2, … trials (or whole trainings), for each seed. */
export interface Competitor {
  readonly name: string;
  /** Fidelity policy that it ran under, where there are several. */
  readonly policy?: string;
  readonly bests: readonly (readonly number[])[];
}

/** One problem on which competitors are compared with chance. */
export interface Contest {
  readonly problem: string;
  readonly chance: Chance;
  /** −1 where the problem's own values are to be maximised: values in the CSV are its own. */
  readonly sign: 1 | -1;
  readonly competitors: readonly Competitor[];
}

/** The columns that are printed. */
interface Summary {
  readonly problem: string;
  readonly sampler: string;
  readonly mean_best: number;
  readonly as_good_as_random_draws: number;
  readonly draws_low_95: number;
  readonly draws_high_95: number;
}

/** Where the columns of the CSV are filled in. */
const POINTS = [1, 2, 3, 5, 7, 10, 15, 20, 30, 40, 50, 70, 100];

/**
 * Writes the CSV and a picture for each problem, and prints what was found after the last point. Competitors that are
 * in the files already and did not run now stay in them.
 * @param unit what the numbers of the horizontal axis count
 */
export function writeComparison(
  folder: string,
  name: string,
  unit: string,
  contests: readonly Contest[],
): string {
  const rows = contests.flatMap(({ problem, chance, sign, competitors }) =>
    competitors.flatMap(({ name: competitor, policy, bests }) =>
      pointsOf(bests).map((point) => {
        const { best, regret, draws, medianQuantile } = judge(
          bests.map((curve) => curve[point - 1]!),
          chance,
        );
        const [low, high] = sign === 1 ? [best.low, best.high] : [-best.high, -best.low];
        const row: Readonly<Record<string, string | number>> & Summary = {
          ...{
            problem,
            sampler: competitor,
            ...(policy === undefined ? {} : { policy }),
            seeds: bests.length,
            [unit]: point,
          },
          ...{ mean_best: sign * best.mean, low_95: low, high_95: high },
          expected_of_random: sign * chance.expectation(point),
          ...{ as_good_as_random_draws: draws.mean, draws_low_95: draws.low, draws_high_95: draws.high },
          ...{ regret: regret.mean, regret_low_95: regret.low, regret_high_95: regret.high },
          median_quantile: medianQuantile,
        };
        return row;
      }),
    ),
  );
  const all = withRecorded(readCsv(folder, name), rows, ({ problem }) => problem);
  writeCsv(folder, name, all);
  // Pictures are drawn from the file, so that they do not depend on who ran now and whose digits were cut before.
  const drawn = readCsv(folder, name);
  for (const { problem, chance } of contests) {
    writePicture(folder, `${name}-${problem}`, {
      title: `${problem}: regret of the best so far, 1 = one random draw`,
      x: { label: unit.replaceAll('_', ' '), log: true },
      y: { label: 'regret (mean)', log: true },
      series: seriesOf(
        chance,
        drawn
          .filter((row) => row['problem'] === problem)
          .map((row) => ({ name: String(row['sampler']), x: Number(row[unit]), y: Number(row['regret']) })),
      ),
    });
  }
  const last = rows.filter((row, index) => rows[index + 1]?.sampler !== row.sampler);
  return last
    .map(
      (row) =>
        `${row.problem}, ${row.sampler}: ${row.mean_best.toPrecision(5)} after ${String(row[unit])} ${unit}, ` +
        `as good as ${row.as_good_as_random_draws} random draws (${row.draws_low_95} to ${row.draws_high_95})\n`,
    )
    .join('');
}

/** The points at which every seed has a value. */
function pointsOf(bests: readonly (readonly number[])[]): number[] {
  return POINTS.filter((point) => bests.every((curve) => Number.isFinite(curve[point - 1] ?? Infinity)));
}

function seriesOf(
  { optimum, expectation }: Chance,
  points: readonly { readonly name: string; readonly x: number; readonly y: number }[],
): Series[] {
  const span = expectation(1) - optimum;
  const most = largest(points.map(({ x }) => x));
  const exact = POINTS.filter((x) => x <= most).map((x) => ({ x, y: (expectation(x) - optimum) / span }));
  return [
    { name: 'random (exact)', points: exact },
    ...[...new Set(points.map(({ name }) => name))].map((name) => ({
      name,
      points: points.filter((point) => point.name === name).map(({ x, y }) => ({ x, y })),
    })),
    // A logarithm has no 0: what found the optimum in every seed ends there.
  ].map((series) => ({ ...series, points: series.points.filter(({ y }) => y > 1e-6) }));
}

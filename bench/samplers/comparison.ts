import { writeCsv } from './csv.js';
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
 * Writes the CSV and a picture for each problem, and prints what was found after the last point.
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
  writeCsv(folder, name, rows);
  for (const contest of contests) {
    writePicture(folder, `${name}-${contest.problem}`, {
      title: `${contest.problem}: regret of the best so far, 1 = one random draw`,
      x: { label: unit.replaceAll('_', ' '), log: true },
      y: { label: 'regret (mean)', log: true },
      series: seriesOf(contest),
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

function seriesOf({ chance, competitors }: Contest): Series[] {
  const { optimum, expectation } = chance;
  const span = expectation(1) - optimum;
  const most = Math.max(...competitors.flatMap(({ bests }) => bests.map((curve) => curve.length)));
  const expected = {
    name: 'random (exact)',
    points: POINTS.filter((point) => point <= most).map((x) => ({ x, y: (expectation(x) - optimum) / span })),
  };
  const series = competitors.map(({ name, bests }) => ({
    name,
    points: pointsOf(bests).map((x) => ({
      x,
      y: judge(
        bests.map((curve) => curve[x - 1]!),
        chance,
      ).regret.mean,
    })),
  }));
  // A logarithm has no 0: what found the optimum in every seed ends there.
  return [expected, ...series].map(({ name, points }) => ({
    name,
    points: points.filter(({ y }) => y > 1e-6),
  }));
}

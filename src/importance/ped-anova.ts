import { permutation, stream } from '../core/random.js';
import { sortedQuantile } from '../core/quantile.js';
import { byNumber } from '../core/order.js';
import { isFailure } from '../search/ranking.js';
import { assigned } from '../space/entry-value.js';
import type { Entry, EntryValue } from '../space/space.js';
import type { EntryImportance, ImportanceEvaluator } from './evaluator.js';
import { entryCounts } from './ped-anova/grid-counts.js';
import { categoricalDensity, numericDensity } from './ped-anova/scott-parzen.js';
import { regimesOf, tells, varies, type Regime } from './regime.js';

/** Part of the trials that counts as good, and the fewest of them. */
const TARGET = 0.1;
const FEWEST_TOP = 2;
/** Cells of a numeric entry. */
const STEPS = 50;
/** Keeps the ratio of two probabilities finite. */
const TINY = 1e-12;
/** Random choices of "good" trials that show what no influence looks like, and the quantile of them that is shown. */
const SHUFFLES = 100;
const NOISE_QUANTILE = 0.95;

/**
 * Where did the good trials put an entry, against where all trials put it? The Pearson divergence of the two
 * densities: 0 where the entry made no difference. The sampler's own preferences are in both, so they cancel.
 * Only the order of the trials counts, never the size of a value.
 */
export const pedAnova: ImportanceEvaluator = {
  name: 'ped-anova',
  summary: 'how differently the best tenth of the trials chose the entry; counts ranks alone',
  source: 'Watanabe, Bansal & Hutter, IJCAI 2023 (arXiv 2304.10255)',
  evaluate: (space, trials) => {
    const regimes = regimesOf(space, trials);
    const found = new Map(
      regimes.flatMap((regime) => regime.entries.map((entry) => [entry.name, measure(entry, regime)])),
    );
    return space.entries.flatMap(({ name }) => found.get(name) ?? []);
  },
};

function measure(entry: Entry, regime: Regime): EntryImportance {
  const { trials } = regime;
  const top = topOf(regime);
  const known = { entry: entry.name, trials: trials.length };
  if (!tells(regime) || !varies(entry, regime) || top.length === trials.length)
    return { ...known, importance: undefined, noise: undefined };
  const values = trials.map(({ assignment }) => assigned(assignment, entry.name));
  const pick = (indices: readonly number[]): readonly EntryValue[] => indices.map((index) => values[index]!);
  const local = densities(entry, values);
  const shuffled = Array.from({ length: SHUFFLES }, (_, shuffle) => {
    const order = permutation(trials.length, stream('importance', 'ped-anova', entry.name, shuffle));
    return divergence(densities(entry, pick([...order.subarray(0, top.length)])), local);
  });
  return {
    ...known,
    importance: divergence(densities(entry, pick(top)), local),
    noise: sortedQuantile(shuffled.sort(byNumber), NOISE_QUANTILE),
  };
}

/** Places of the best trials: the best tenth, at least two, and all that tie with the last of them; no failures. */
function topOf({ trials, shares }: Regime): readonly number[] {
  const wanted = Math.max(FEWEST_TOP, Math.ceil(TARGET * trials.length));
  const sorted = [...shares].sort((a, b) => b - a);
  const cutoff = sorted[Math.min(wanted, sorted.length) - 1] ?? Number.POSITIVE_INFINITY;
  return trials.flatMap((trial, index) => (shares[index]! >= cutoff && !isFailure(trial) ? [index] : []));
}

/** Of each coordinate of the entry. */
function densities(entry: Entry, values: readonly EntryValue[]): readonly (readonly number[])[] {
  const density = entry.choices === undefined ? numericDensity : categoricalDensity;
  return entryCounts(entry, values, STEPS).map(density);
}

/**
 * Pearson divergence Σ p (q/p − 1)². Over the coordinates of a simplex, taken as independent, 1 + divergence is
 * the product of that of each.
 */
export function divergence(
  top: readonly (readonly number[])[],
  local: readonly (readonly number[])[],
): number {
  const factors = local.map((density, coordinate) =>
    density.reduce((sum, p, cell) => {
      const base = p + TINY;
      return sum + base * ((top[coordinate]![cell]! + TINY) / base - 1) ** 2;
    }, 1),
  );
  return factors.reduce((product, factor) => product * factor, 1) - 1;
}

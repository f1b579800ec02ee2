import { logNormalMass } from '../../statistics/normal-distribution.js';

/** Narrowest kernel in cells: 90 % of it lie in its own cell. */
const NARROWEST = 0.5 / 1.64;
/** Observations that the prior kernel stands for. */
const PRIOR_WEIGHT = 1;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/**
 * Bandwidth of the kernels over the cells of a grid by Scott's rule, 1.059 · min(IQR / 1.34, sd) · n^(−1/5), where
 * the quartiles are the first cells whose cumulative count reaches ⌊n/4⌋ and exceeds ⌊3n/4⌋, and sd has n − 1.
 * @param counts of the cells, at least one of them positive
 */
export function scottBandwidth(counts: readonly number[]): number {
  const total = sum(counts);
  const mean = sum(counts.map((count, cell) => count * cell)) / total;
  const squares = sum(counts.map((count, cell) => count * (cell - mean) ** 2));
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  const seen = counts.flatMap((count, cell) => (count > 0 ? [{ cell, count }] : []));
  let cumulative = 0;
  let lower: number | undefined;
  let upper: number | undefined;
  for (const { cell, count } of seen) {
    cumulative += count;
    if (lower === undefined && cumulative >= Math.floor(total / 4)) lower = cell;
    if (upper === undefined && cumulative > Math.floor((3 * total) / 4)) upper = cell;
  }
  const range = (upper ?? seen.at(-1)!.cell) - lower!;
  return Math.max(NARROWEST, 1.059 * Math.min(range / 1.34, deviation) * total ** -0.2);
}

/**
 * Probability of each cell of a numeric grid: a normal kernel at each cell by its count, and one as wide as the grid in
 * its middle; all are cut off at its ends.
 */
export function numericDensity(counts: readonly number[]): number[] {
  const cells = counts.length;
  const density = new Array<number>(cells).fill(0);
  const total = sum(counts) + PRIOR_WEIGHT;
  // The mass of a cell depends on its distance alone, so all kernels of a width share one table.
  const masses = massesAt(scottBandwidth(counts), cells, 0);
  for (let centre = 0; centre < cells; centre++) {
    if (counts[centre] === 0) continue;
    let whole = 0;
    for (let cell = 0; cell < cells; cell++) whole += masses[Math.abs(cell - centre)]!;
    const weight = counts[centre]! / total / whole;
    for (let cell = 0; cell < cells; cell++) density[cell]! += weight * masses[Math.abs(cell - centre)]!;
  }
  const prior = massesAt(cells, cells, (cells - 1) / 2);
  const whole = sum(prior);
  return density.map((probability, cell) => probability + (PRIOR_WEIGHT / total / whole) * prior[cell]!);
}

/** Mass of the cells 0, 1, … under a normal kernel that is not cut off. */
function massesAt(width: number, cells: number, centre: number): number[] {
  return Array.from({ length: cells }, (_, cell) =>
    Math.exp(logNormalMass((cell - centre - 0.5) / width, (cell - centre + 0.5) / width)),
  );
}

/** Probability of each choice: a kernel at each choice that was seen, which leaves a little to the others. */
export function categoricalDensity(counts: readonly number[]): number[] {
  const choices = counts.length;
  const kernels = counts.filter((count) => count > 0).length + 1;
  const spread = PRIOR_WEIGHT / kernels;
  const row = (choice: number): number[] =>
    counts.map((_, index) => (spread + (index === choice ? 1 : 0)) / (choices * spread + 1));
  const total = sum(counts) + PRIOR_WEIGHT;
  return counts.map((_, index) => {
    const observed = sum(counts.map((count, choice) => count * row(choice)[index]!));
    return (observed + PRIOR_WEIGHT / choices) / total;
  });
}

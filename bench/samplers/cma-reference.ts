/**
 * Evaluations that `cma-es` and `nes` need to come below 1e-8, beside the packages pycma and cmaes. All start at mean 0
 * with standard deviation 2 in natural units and seek an optimum at (1, …, 1). The peers know no bounds; ours search
 * [−20, 20]^d, ten standard deviations to each side, so that bounds do not matter. No restarts; default populations.
 *
 * `BENCH_PYTHON` names a Python with `cma`, `cmaes` and `numpy`; without one, the medians of the peers are those that
 * the CSV has from the last time. Words on the command line choose the cases: those whose SAMPLER:COVARIANCE:PROBLEM:DIMENSION
 * has one of them in it, such as `full:sphere:10`; the rows of the others stay.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { builtinSamplers } from '../../src/search/registry.js';
import type { Observation } from '../../src/search/sampler.js';
import { createSpace } from '../../src/space/create-space.js';

const SEEDS = 15;
const MOST = 60_000;
const TARGET = 1e-8;
const HALF_WIDTH = 20;
const SIGMA = 2;
const PYTHON = process.env['BENCH_PYTHON'] ?? 'python3';
const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = `${root}results/reference/samplers/`;
const file = `${folder}cma-reference.csv`;

type Objective = (x: readonly number[]) => number;

const sphere: Objective = (x) => x.reduce((sum, value) => sum + (value - 1) ** 2, 0);

const ellipsoid: Objective = (x) =>
  x.reduce((sum, value, index) => sum + 10 ** ((6 * index) / (x.length - 1)) * (value - 1) ** 2, 0);

const rosenbrock: Objective = (x) =>
  x.slice(1).reduce((sum, next, at) => sum + 100 * (next - x[at]! ** 2) ** 2 + (1 - x[at]!) ** 2, 0);

const problems = { sphere, ellipsoid, rosenbrock };

interface Case {
  readonly sampler: 'cma-es' | 'nes';
  readonly covariance: 'full' | 'separable';
  readonly problem: keyof typeof problems;
  readonly dimension: number;
  readonly peers: readonly string[];
}

const everyCase: readonly Case[] = [
  ...(['sphere', 'ellipsoid', 'rosenbrock'] as const).flatMap((problem) =>
    [10, 20].map((dimension): Case => ({
      sampler: 'cma-es',
      covariance: 'full',
      problem,
      dimension,
      peers: ['cma', 'cmaes'],
    })),
  ),
  ...(['sphere', 'ellipsoid'] as const).flatMap((problem) =>
    [10, 20].map((dimension): Case => ({
      sampler: 'cma-es',
      covariance: 'separable',
      problem,
      dimension,
      peers: ['cma-diagonal', 'cmaes-separable'],
    })),
  ),
  ...(['sphere', 'rosenbrock'] as const).map((problem): Case => ({
    sampler: 'nes',
    covariance: 'full',
    problem,
    dimension: 10,
    peers: ['cmaes-xnes'],
  })),
];

const nameOf = ({ sampler, covariance, problem, dimension }: Case): string =>
  `${sampler}:${covariance}:${problem}:${dimension}`;

const words = process.argv.slice(2);
const isChosen = (one: Case): boolean =>
  words.length === 0 || words.some((word) => `${nameOf(one)}:`.includes(word));

/** The CSV as it was. */
const recorded: readonly Readonly<Record<string, string>>[] = existsSync(file)
  ? parse<Record<string, string>>(readFileSync(file), { columns: true })
  : [];

/** Evaluations up to and with the first one below the target; undefined where there is none. */
function evaluations(
  { sampler: name, covariance, problem, dimension }: Case,
  seed: number,
): number | undefined {
  const names = Array.from({ length: dimension }, (_, index) => `x${index}`);
  const space = createSpace({
    name: problem,
    parameters: Object.fromEntries(
      names.map((entry) => [entry, { type: 'float' as const, low: -HALF_WIDTH, high: HALF_WIDTH }]),
    ),
    candidate: {
      loss: { name: 'any', parameters: Object.fromEntries(names.map((entry) => [entry, `$${entry}`])) },
    },
  });
  const sampler = builtinSamplers.get(name);
  const options: unknown = sampler.schema.parse({
    covariance,
    sigma: SIGMA / (2 * HALF_WIDTH),
    restart: 'none',
  });
  const count = sampler.waveSize(space, options);
  const history: Observation[] = [];
  for (let wave = 0; history.length < MOST; wave++) {
    const firstTrial = history.length;
    const proposals = sampler.propose({
      options,
      space,
      seed: `bench/${seed}`,
      history,
      wave,
      firstTrial,
      count,
    });
    for (const assignment of proposals) {
      const value = problems[problem](names.map((entry) => assignment[entry] as number));
      history.push({ trial: history.length, wave, assignment, value, curve: [value] });
      if (value < TARGET) return history.length;
    }
  }
  return undefined;
}

/** The median over the seeds, those that did not reach the target counting as worse than all others. */
function medianOf(counts: readonly (number | null | undefined)[]): number {
  const sorted = counts.map((one) => one ?? Infinity).sort((a, b) => (a < b ? -1 : 1));
  return sorted[Math.floor(sorted.length / 2)]!;
}

const reachedOf = (counts: readonly (number | null | undefined)[]): number =>
  counts.filter((one) => typeof one === 'number').length;

interface Peer {
  readonly version: string;
  readonly median: number;
  readonly reached: number;
}

const keyOf = (peer: string, { problem, dimension }: Pick<Case, 'problem' | 'dimension'>): string =>
  `${peer}:${problem}:${dimension}`;

/** A line of JSON for each of the cases whose peer is installed; none without such a Python. */
function runPeers(wanted: readonly string[]): readonly string[] {
  if (spawnSync(PYTHON, ['-c', 'import numpy']).status !== 0) {
    process.stdout.write(`no numpy under ${PYTHON}: the peers are as recorded\n`);
    return [];
  }
  const ended = spawnSync(PYTHON, ['bench/peers/cma_es.py', `${SEEDS}`, `${MOST}`, ...wanted], {
    encoding: 'utf8',
    cwd: root,
    env: { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' },
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return ended.stdout.split('\n').filter((line) => line !== '');
}

/** What the peers need today, or what the file says of them. */
function measuredPeers(): ReadonlyMap<string, Peer> {
  const wanted = everyCase.filter(isChosen).flatMap((one) => one.peers.map((peer) => keyOf(peer, one)));
  const found = new Map<string, Peer>();
  for (const row of recorded) {
    found.set(`${row['peer']}:${row['problem']}:${row['dimension']}`, {
      version: row['peer_version']!,
      median: Number(row['peer_median']),
      reached: Number(row['peer_reached']),
    });
  }
  const lines = runPeers(wanted);
  for (const line of lines) {
    const {
      case: key,
      version,
      evaluations: counts,
    } = JSON.parse(line) as {
      readonly case: string;
      readonly version: string;
      readonly evaluations: readonly (number | null)[];
    };
    found.set(key, { version, median: medianOf(counts), reached: reachedOf(counts) });
  }
  return found;
}

const columns = [
  'sampler',
  'covariance',
  'problem',
  'dimension',
  'seeds',
  'median',
  'reached',
  'peer',
  'peer_version',
  'peer_median',
  'peer_reached',
  'ratio',
];

const peers = measuredPeers();
const rows = everyCase.flatMap((one) => {
  if (!isChosen(one)) {
    return recorded
      .filter(
        (row) =>
          nameOf(one) === `${row['sampler']}:${row['covariance']}:${row['problem']}:${row['dimension']}`,
      )
      .map((row) => columns.map((column) => row[column]!));
  }
  const begin = performance.now();
  const counts = Array.from({ length: SEEDS }, (_, seed) => evaluations(one, seed + 1));
  const total = counts.reduce<number>((sum, count) => sum + (count ?? MOST), 0);
  process.stderr.write(
    `${one.sampler} ${one.covariance} ${one.problem} ${one.dimension}: ${(((performance.now() - begin) * 1000) / total).toFixed(1)} µs per trial\n`,
  );
  const median = medianOf(counts);
  return one.peers.flatMap((name) => {
    const peer = peers.get(keyOf(name, one));
    if (peer === undefined) return [];
    const { sampler, covariance, problem, dimension } = one;
    return [
      [
        sampler,
        covariance,
        problem,
        dimension,
        SEEDS,
        median,
        reachedOf(counts),
        name,
        peer.version,
        peer.median,
        peer.reached,
        (median / peer.median).toFixed(3),
      ],
    ];
  });
});
mkdirSync(folder, { recursive: true });
writeFileSync(file, stringify(rows, { header: true, columns }));
const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
process.stdout.write(
  `${[line(columns), line(columns.map(() => '---')), ...rows.map((row) => line(row))].join('\n')}\n`,
);

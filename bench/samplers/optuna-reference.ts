// Samplers beside those of Optuna, both with default options: the five tables, and six functions of the BBOB in five
// dimensions. `npx tsx bench/samplers/optuna-reference.ts [SAMPLER…]`. `BENCH_PYTHON` names a Python with `optuna`, for
// `cma-es` with `cmaes` and for `gaussian-process` with `torch`; rows of what is not there, or not asked for, stay.
// Writes results/reference/samplers/optuna-reference.csv; docs/samplers.md says what is in it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { builtinSamplers } from '../../src/search/registry.js';
import { numberIn } from '../../src/space/entry-value.js';
import type { Assignment, Space } from '../../src/space/space.js';
import { mean, standardDeviation } from '../../src/statistics/summary.js';
import { BBOB_FUNCTIONS, bbobProblem } from './bbob/problems.js';
import { openOptuna, type OptunaPeer } from './optuna-peer.js';
import { runSearch } from './run-search.js';
import { boxSpace } from './spaces.js';
import { hasTables, readTable, TABLES } from './table.js';

interface Pair {
  readonly sampler: string;
  readonly peer: string;
  readonly trials: number;
  readonly seeds: number;
  /** Sizes of a wave, the sampler's own where absent. Optuna proposes one trial after the other. */
  readonly waves?: readonly number[];
}

const PAIRS: readonly Pair[] = [
  { sampler: 'random', peer: 'RandomSampler', trials: 100, seeds: 50 },
  { sampler: 'tpe', peer: 'TPESampler', trials: 100, seeds: 50, waves: [1, 8] },
  { sampler: 'cma-es', peer: 'CmaEsSampler', trials: 100, seeds: 50 },
  { sampler: 'nsga-ii', peer: 'NSGAIISampler', trials: 100, seeds: 50 },
  { sampler: 'gaussian-process', peer: 'GPSampler', trials: 50, seeds: 20, waves: [1, 4] },
];

/** Sphere, Rosenbrock, ellipsoid, Rastrigin, Schwefel, and many Gaussian peaks. */
const FUNCTIONS = [1, 8, 10, 15, 20, 21];
const D = 5;

interface Problem {
  readonly name: string;
  readonly space: Space;
  /** The problem of a seed: the functions have as many instances. To be minimised. */
  readonly objective: (seed: number) => (assignment: Assignment) => number;
  /** What is told of the best value of a search. */
  readonly score: (best: number, seed: number) => number;
}

function problems(): Problem[] {
  const dataFolder =
    process.env['LOSSMITH_DATA'] ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
  const tables = hasTables(dataFolder) ? TABLES : [];
  const space = boxSpace(D);
  const names = space.entries.map(({ name }) => name);
  return [
    ...tables.map((name): Problem => {
      const table = readTable(dataFolder, name);
      return { name, space: table.space, objective: () => table.value, score: (best) => best };
    }),
    ...FUNCTIONS.map((id): Problem => {
      const instance = (seed: number) =>
        bbobProblem(
          BBOB_FUNCTIONS.find((one) => one.id === id)!,
          seed + 1,
          D,
        );
      return {
        name: `bbob-f${id}`,
        space,
        objective: (seed) => {
          const { value } = instance(seed);
          return (assignment) => value(names.map((name) => numberIn(assignment, name)));
        },
        score: (best, seed) => Math.log10(best - instance(seed).minimum),
      };
    }),
  ];
}

const COLUMNS = [
  ...['problem', 'sampler', 'wave', 'peer', 'peer_version', 'trials', 'seeds', 'score', 'standard_error'],
  ...['peer_score', 'peer_standard_error', 'behind_in_standard_errors'],
  ...['milliseconds_per_trial', 'peer_milliseconds_per_trial'],
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;
const keyOf = ({ problem, sampler, wave }: Row): string => `${problem} ${sampler} ${wave}`;

/** What some searches found, one for each seed, and how long the sampler took. */
interface Found {
  readonly scores: readonly number[];
  readonly milliseconds: number;
}

/** One search after the other. @param search values in trial order, and milliseconds */
async function searchAll(
  { seeds }: Pair,
  { score }: Problem,
  search: (seed: number) => Promise<readonly [readonly number[], number]>,
): Promise<Found> {
  const scores: number[] = [];
  let milliseconds = 0;
  for (let seed = 0; seed < seeds; seed++) {
    const [values, spent] = await search(seed);
    scores.push(score(Math.min(...values), seed));
    milliseconds += spent;
  }
  return { scores, milliseconds };
}

async function compare(optuna: OptunaPeer, pair: Pair, problem: Problem): Promise<readonly Row[]> {
  const { trials, seeds, peer } = pair;
  const { space } = problem;
  const theirs = await searchAll(pair, problem, async (seed) => {
    const objective = problem.objective(seed);
    const { values, seconds } = await optuna.search({ sampler: peer, seed, space, trials, objective });
    return [values, seconds * 1000];
  });
  const builtin = builtinSamplers.get(pair.sampler);
  const options: unknown = builtin.schema.parse({});
  const rows: Row[] = [];
  for (const wave of pair.waves ?? [builtin.waveSize(space, options)]) {
    const sampler = { ...builtin, waveSize: () => wave };
    const ours = await searchAll(pair, problem, (seed) => {
      const objective = problem.objective(seed);
      const begin = performance.now();
      const plan = { sampler, options, space, trials, objective, seed: `optuna/${problem.name}/${seed}` };
      return Promise.resolve([runSearch(plan), performance.now() - begin]);
    });
    const both = Math.hypot(errorOf(ours), errorOf(theirs));
    const behind = mean(ours.scores) - mean(theirs.scores);
    rows.push({
      ...{ problem: problem.name, sampler: pair.sampler, wave: `${wave}` },
      ...{ peer, peer_version: optuna.version, trials: `${trials}`, seeds: `${seeds}` },
      ...{ score: text(mean(ours.scores)), standard_error: text(errorOf(ours)) },
      ...{ peer_score: text(mean(theirs.scores)), peer_standard_error: text(errorOf(theirs)) },
      behind_in_standard_errors: (both === 0 ? 0 : behind / both).toFixed(1),
      milliseconds_per_trial: (ours.milliseconds / seeds / trials).toFixed(3),
      peer_milliseconds_per_trial: (theirs.milliseconds / seeds / trials).toFixed(3),
    });
  }
  return rows;
}

const errorOf = ({ scores }: Found): number => standardDeviation(scores) / Math.sqrt(scores.length);
const text = (value: number): string => `${Number(value.toPrecision(6))}`;

const file = fileURLToPath(new URL('../../results/reference/samplers/optuna-reference.csv', import.meta.url));
const words = process.argv.slice(2);
const optuna = await openOptuna(process.env['BENCH_PYTHON'] ?? 'python3');
if (optuna === undefined) {
  process.stdout.write('no Optuna there (BENCH_PYTHON names a Python): the file stays as it is\n');
} else {
  const rows = new Map(
    (existsSync(file) ? parse<Row>(readFileSync(file), { columns: true }) : []).map((row) => [
      keyOf(row),
      row,
    ]),
  );
  const chosen = PAIRS.filter(({ sampler }) => words.length === 0 || words.includes(sampler));
  for (const pair of chosen.filter(({ peer }) => optuna.samplers.includes(peer))) {
    for (const problem of problems()) {
      for (const row of await compare(optuna, pair, problem)) {
        rows.set(keyOf(row), row);
        process.stdout.write(`${Object.values(row).join(', ')}\n`);
      }
      writeFileSync(file, stringify([...rows.values()], { header: true, columns: [...COLUMNS] }));
    }
  }
  optuna.close();
}

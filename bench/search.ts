import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { report } from './report.js';

const ROUNDS = 3;
const WORKERS = 2;
const root = fileURLToPath(new URL('..', import.meta.url));
const data = process.env['LOSSMITH_DATA'] ?? join(root, '../shared/data');
const table = join(data, 'tabular/mammography.csv');
const PYTHON = process.env['BENCH_PYTHON'] ?? 'python3';

if (!existsSync(table)) {
  process.stdout.write(`no ${table}: the search bench is left out (LOSSMITH_DATA names the folder)\n`);
  process.exit(0);
}

/** @param threads of each process of a peer */
function seconds(threads: number, command: string, ...options: readonly string[]): number {
  const begin = performance.now();
  const pinned = ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS', 'MKL_NUM_THREADS'].map(
    (name): [string, string] => [name, `${threads}`],
  );
  const env = { ...process.env, ...Object.fromEntries(pinned) };
  const ended = spawnSync(command, options, { encoding: 'utf8', cwd: root, env });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return (performance.now() - begin) / 1000;
}

const optuna = (processes: number): number =>
  seconds(
    WORKERS / processes,
    PYTHON,
    'bench/peers/search.py',
    table,
    '64',
    '860',
    '128',
    '20',
    `${processes}`,
  );

function lossmith(experiment: string, workers: number): number {
  const results = mkdtempSync(join(tmpdir(), 'lossmith-bench-'));
  const options = ['--workers', `${workers}`, '--data', data, '--results', results, '--quiet'];
  const time = seconds(1, process.execPath, 'bin/lossmith.cjs', 'search', experiment, ...options);
  rmSync(results, { recursive: true });
  return time;
}

const hasOptuna = spawnSync(PYTHON, ['-c', 'import torch, optuna']).status === 0;
const runners = [
  ...(hasOptuna
    ? [
        { name: 'Optuna and PyTorch, one process, two threads', run: () => optuna(1) },
        { name: 'Optuna and PyTorch, two processes', run: () => optuna(2) },
      ]
    : []),
  { name: 'Lossmith, two workers', run: () => lossmith('bench/search.yaml', WORKERS) },
  { name: 'Lossmith, one worker', run: () => lossmith('bench/search.yaml', 1) },
];
const quickstart = {
  name: 'quickstart, two workers',
  run: () => lossmith('experiments/quickstart.yaml', WORKERS),
};
const all = [...runners, quickstart];
const times = all.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, { run }] of all.entries()) times[index]!.push(run());
  process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
}
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
report(
  'search',
  all.map((runner, index) => ({
    group: runner === quickstart ? 'quickstart' : 'mammography, 64 trials of 860 steps, whole command',
    name: runner.name,
    microseconds: median(times[index]!) * 1e6,
  })),
);

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compiled } from '../src/engine/compiled.js';
import { eager } from '../src/engine/eager.js';
import type { Engine } from '../src/engine/engine.js';
import { useBackend } from '../src/tensor/index.js';
import { CNN, MLP } from './cases.js';
import { benchMembers, benchProblem, timeChunk, type BenchCase } from './problems.js';
import { report, type BenchRow } from './report.js';
import { U_NET } from './u-net.js';

const ROUNDS = 5;
/** Milliseconds that a session is timed in each round, at least. */
const TIMED = 200;
const PEER = fileURLToPath(new URL('peers/steps.py', import.meta.url));
/** The interpreter that has torch, where there is one. */
const PYTHON = process.env['BENCH_PYTHON'] ?? 'python3';

const wide = (width: number): BenchCase => ({ ...MLP, model: { name: 'mlp', hidden: [width, width] } });

/** What is timed in each round: microseconds per member and step. */
interface Runner {
  readonly group: string;
  readonly name: string;
  run(): Promise<number>;
}

async function ours(
  group: string,
  name: string,
  problem: BenchCase,
  members: number,
  steps: number,
  { engine = compiled, batches }: { readonly engine?: Engine; readonly batches?: 'own' } = {},
): Promise<Runner> {
  const built = benchProblem(problem);
  const session = await engine.prepare(built);
  const cohort = benchMembers(built, members, steps, batches);
  return {
    group,
    name,
    run: async () => {
      // Warm, as the peers are: other sessions ran in between. Then the mean over as long as a peer is timed.
      await timeChunk(session, cohort);
      const times: number[] = [];
      const begin = performance.now();
      do times.push(await timeChunk(session, cohort));
      while (performance.now() - begin < TIMED);
      return times.reduce((sum, one) => sum + one) / times.length;
    },
  };
}

function peer(group: string, name: string, ...options: readonly string[]): Runner {
  return {
    group,
    name,
    run: () => {
      const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
      const ended = spawnSync(PYTHON, [PEER, ...options], { encoding: 'utf8', env });
      if (ended.status !== 0) throw new Error(ended.stderr);
      return Promise.resolve(Number(ended.stdout));
    },
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

await useBackend('wasm');
const hasTorch = spawnSync(PYTHON, ['-c', 'import torch']).status === 0;
if (!hasTorch)
  process.stdout.write(`${PYTHON} has no torch: the peers are left out (BENCH_PYTHON names another)\n`);

const mlp = 'MLP 20-64-64-1, batch 128, focal, Adam';
const cnn = 'CNN 28x28x1, channels 16 and 32, batch 64, Adam';
const unet = 'U-Net 64x48x3, 11 classes, batch 8, Adam';
const runners: Runner[] = [
  ...(hasTorch
    ? [
        peer(mlp, 'PyTorch, one model', 'mlp', '0'),
        peer(mlp, 'PyTorch, 16 models by hand', 'mlp', '16'),
        peer(mlp, 'PyTorch, 64 models by hand', 'mlp', '64'),
      ]
    : []),
  await ours(mlp, 'eager (wasm)', MLP, 1, 10, { engine: eager }),
];
for (const members of [1, 2, 4, 8, 16, 32, 64, 256]) {
  runners.push(await ours(mlp, `compiled, K = ${members}`, MLP, members, 30));
}
runners.push(await ours(mlp, 'compiled, K = 16, a seed each', MLP, 16, 30, { batches: 'own' }));
if (hasTorch) {
  runners.push(
    peer(cnn, 'PyTorch, NCHW', 'cnn', '0'),
    peer(cnn, 'PyTorch, channels last', 'cnn', '0', 'channels_last'),
    peer(unet, 'PyTorch, NCHW', 'u-net', '0'),
    peer(unet, 'PyTorch, channels last', 'u-net', '0', 'channels_last'),
  );
}
runners.push(
  await ours(cnn, 'compiled, K = 1', CNN, 1, 10),
  await ours(cnn, 'eager (wasm)', CNN, 1, 3, { engine: eager }),
  await ours(unet, 'compiled, K = 1', U_NET, 1, 10),
);
for (const batchSize of [16, 32, 64, 256, 512]) {
  runners.push(await ours('batch, K = 16', `batch ${batchSize}`, { ...MLP, batchSize }, 16, 30));
}
for (const width of [16, 32, 128, 256]) {
  runners.push(await ours('width, K = 16', `hidden ${width}, ${width}`, wide(width), 16, 20));
}
for (const steps of [1, 3, 10, 100]) {
  runners.push(await ours('steps a call, K = 16', `S = ${steps}`, MLP, 16, steps));
}

const times = runners.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  for (const [index, runner] of runners.entries()) times[index]!.push(await runner.run());
  process.stdout.write(`round ${round + 1} of ${ROUNDS}\n`);
}
const compileTimes: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const problem = benchProblem(MLP);
  const members = benchMembers(problem, 1, 1);
  const begin = performance.now();
  const session = await compiled.prepare(problem);
  await session.train(members);
  compileTimes.push((performance.now() - begin) * 1000);
  session.dispose();
}
const rows: BenchRow[] = [
  ...runners.map(({ group, name }, index) => ({ group, name, microseconds: median(times[index]!) })),
  {
    group: 'compile time of a graph',
    name: 'trace, passes, session, first step',
    microseconds: median(compileTimes),
  },
];
report('steps', rows);

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import { compiled } from '../src/engine/compiled.js';
import { useBackend } from '../src/tensor/index.js';
import { CNN, MLP } from './cases.js';
import { benchMembers, benchProblem } from './problems.js';
import { U_NET } from './u-net.js';

// Peak memory of a process that trains K members side by side: each size in a process of its own.
const CASES = { mlp: MLP, cnn: CNN, 'u-net': U_NET } as const;
const SIZES = { mlp: [1, 16, 64, 256], cnn: [1, 16], 'u-net': [1] } as const;
const STEPS = 10;

const [name, members] = process.argv.slice(2);
if (name !== undefined) {
  await useBackend('wasm');
  const problem = benchProblem(CASES[name as keyof typeof CASES]);
  const session = await compiled.prepare(problem);
  if (Number(members) > 0) await session.train(benchMembers(problem, Number(members), STEPS));
  process.stdout.write(`${process.resourceUsage().maxRSS / 1024}`);
} else {
  const peak = (kind: string, size: number): number => {
    const script = fileURLToPath(import.meta.url);
    const ended = spawnSync(process.execPath, [...process.execArgv, script, kind, `${size}`], {
      encoding: 'utf8',
    });
    if (ended.status !== 0) throw new Error(ended.stderr);
    return Number(ended.stdout);
  };
  const rows = Object.entries(SIZES).flatMap(([kind, sizes]) =>
    [0, ...sizes].map((size) => [kind, size, peak(kind, size).toFixed(0)]),
  );
  const folder = fileURLToPath(new URL('../results/reference/bench/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  const text = stringify(rows, { header: true, columns: ['model', 'members', 'peak_megabytes'] });
  writeFileSync(`${folder}memory.csv`, text);
  process.stdout.write(text);
}

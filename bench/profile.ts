import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { compiled } from '../src/engine/compiled.js';
import { channelBlock } from '../src/engine/compiled/channel-block.js';
import { useBackend } from '../src/tensor/index.js';
import { benchMembers, benchProblem } from './problems.js';
import { CNN, MLP } from './cases.js';
import { U_NET } from './u-net.js';

/**
 * Where the time of a training step goes, by the runtime's own profiler: `npm run bench:profile -- mlp|cnn|u-net [K]`.
 * Prints microseconds per step of each operator, by operator and by the shapes that it reads.
 */
const cases = { mlp: MLP, cnn: CNN, 'u-net': U_NET };
const [name = 'mlp', members = '1'] = process.argv.slice(2);
const chosen = cases[name as keyof typeof cases];
const STEPS = 20;

interface Event {
  readonly name: string;
  readonly dur: number;
  readonly args?: {
    readonly op_name?: string;
    readonly input_type_shape?: readonly Record<string, number[]>[];
  };
}

// Asks the runtime with a session of its own, which is no part of a step.
await channelBlock();
const folder = mkdtempSync(join(tmpdir(), 'lossmith-profile-'));
const sessions: InferenceSession[] = [];
const create = InferenceSession.create.bind(InferenceSession) as (
  model: Uint8Array,
  options: InferenceSession.SessionOptions,
) => Promise<InferenceSession>;
InferenceSession.create = (async (model: Uint8Array, options: InferenceSession.SessionOptions) => {
  const session = await create(model, {
    ...options,
    enableProfiling: true,
    profileFilePrefix: join(folder, 'step'),
  });
  sessions.push(session);
  return session;
}) as typeof InferenceSession.create;

await useBackend('wasm');
const problem = benchProblem(chosen);
const session = await compiled.prepare(problem);
await session.train(benchMembers(problem, Number(members), STEPS));
for (const one of sessions) one.endProfiling();
const totals = new Map<string, { micros: number; calls: number }>();
const count = (key: string, micros: number): void => {
  const known = totals.get(key) ?? { micros: 0, calls: 0 };
  totals.set(key, { micros: known.micros + micros, calls: known.calls + 1 });
};
for (const file of readdirSync(folder)) {
  const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly Event[];
  for (const { name: event, dur, args } of events) {
    const operator = args?.op_name;
    if (operator === undefined || operator === 'Loop' || !event.endsWith('kernel_time')) continue;
    const shapes = (args?.input_type_shape ?? []).flatMap((one) =>
      Object.values(one).map((extents) => extents.join('x')),
    );
    count(operator, dur);
    count(`  ${operator} ${shapes.join(' ')}`, dur);
  }
}
rmSync(folder, { recursive: true });
const rows = [...totals].sort(([, a], [, b]) => b.micros - a.micros);
const show = (detailed: boolean, most: number): void => {
  for (const [key, { micros, calls }] of rows
    .filter(([one]) => one.startsWith(' ') === detailed)
    .slice(0, most)) {
    process.stdout.write(
      `${(micros / STEPS).toFixed(1).padStart(10)} µs ${(calls / STEPS).toFixed(1).padStart(6)} calls  ${key}\n`,
    );
  }
};
show(false, 20);
process.stdout.write('\n');
show(true, 30);

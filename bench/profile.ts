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
 * Prints microseconds per step of each operator, by operator and by the shapes that it reads: the median of the calls
 * times their number, as the machine may have other work at times.
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
const durations = new Map<string, number[]>();
for (const file of readdirSync(folder)) {
  const events = JSON.parse(readFileSync(join(folder, file), 'utf8')) as readonly Event[];
  for (const { name: event, dur, args } of events) {
    const operator = args?.op_name;
    if (operator === undefined || operator === 'Loop' || !event.endsWith('kernel_time')) continue;
    const shapes = (args?.input_type_shape ?? []).flatMap((one) =>
      Object.values(one).map((extents) => extents.join('x')),
    );
    const key = `${operator} ${shapes.join(' ')}`;
    durations.set(key, [...(durations.get(key) ?? []), dur]);
  }
}
rmSync(folder, { recursive: true });

interface Row {
  readonly key: string;
  readonly micros: number;
  readonly calls: number;
}

const detailed = [...durations].map(([key, values]): Row => {
  const calls = values.length / STEPS;
  return { key, calls, micros: [...values].sort((a, b) => a - b)[values.length >> 1]! * calls };
});
const byOperator = new Map<string, Row>();
for (const { key, micros, calls } of detailed) {
  const operator = key.split(' ')[0]!;
  const sum = byOperator.get(operator) ?? { key: operator, micros: 0, calls: 0 };
  byOperator.set(operator, { key: operator, micros: sum.micros + micros, calls: sum.calls + calls });
}
const show = (rows: readonly Row[], most: number): void => {
  for (const { key, micros, calls } of [...rows].sort((a, b) => b.micros - a.micros).slice(0, most)) {
    process.stdout.write(
      `${micros.toFixed(1).padStart(10)} µs ${calls.toFixed(1).padStart(6)} calls  ${key}\n`,
    );
  }
};
show([...byOperator.values()], 20);
process.stdout.write('\n');
show(detailed, 30);
const whole = detailed.reduce((sum, { micros }) => sum + micros, 0);
process.stdout.write(
  `\n${whole.toFixed(1).padStart(10)} µs a step, ${(whole / Number(members)).toFixed(1)} a member\n`,
);

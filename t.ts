import { useBackend } from './src/tensor/index.js';
import { compiled } from './src/engine/compiled.js';
import { benchMembers, benchProblem, timeChunk } from './bench/problems.js';
await useBackend('wasm');
const mlp = { inputShape: [20], classes: 1, model: { name: 'mlp', hidden: [64, 64] }, batchSize: 128 };
const cnn = { inputShape: [28, 28, 1], classes: 10, model: { name: 'cnn', channels: [16, 32], hidden: [] }, batchSize: 64 };
for (const [name, c, ks, S] of [['mlp', mlp, [1, 2, 4, 8, 16, 32, 64, 256], 30], ['cnn', cnn, [1], 10]] as const) {
  const p = benchProblem(c as any); const s = await compiled.prepare(p);
  for (const k of ks) { const m = benchMembers(p, k, S); const t: number[] = []; for (let i = 0; i < 6; i++) t.push(await timeChunk(s, m)); t.sort((a, b) => a - b); console.log(name, 'K', k, t[2]!.toFixed(1), 'us'); }
}

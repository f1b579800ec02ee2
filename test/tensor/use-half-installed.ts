/** Loads a tfjs-node that fails the way one without its library does, and prints what came of it as JSON. */
import { register } from 'node:module';
import {
  currentBackend,
  gradients,
  ops,
  read,
  tensorFrom,
  useBackend,
  type Tensor,
} from '../../src/tensor/index.js';

const halfInstalled = new URL('half-installed.ts', import.meta.url).href;
const hook = `export const resolve = (specifier, context, next) =>
  next(specifier === '@tensorflow/tfjs-node' ? '${halfInstalled}' : specifier, context);`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);

await useBackend('wasm');
const reason = await useBackend('tensorflow').then(
  () => 'it loaded',
  (error: unknown) => (error as { readonly found?: string }).found,
);
const kept = currentBackend();
const slope = (x: Tensor): Tensor => gradients((at) => ops.sum(ops.tanh(at)), [x])[0]!;
const second = gradients((x) => ops.sum(slope(x)), [tensorFrom(Float32Array.of(0.5), [1])])[0]!;
const auto = await useBackend('auto');
process.stdout.write(JSON.stringify({ reason, kept, second: read(second)[0], auto: auto.name }));

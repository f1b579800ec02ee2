/** Trains a small network for a few steps on the backend named by the argument and prints a hash of its weights. */
import { sha256 } from '../../src/core/json.js';
import { stream } from '../../src/core/random.js';
import {
  ops,
  read,
  tensorFrom,
  tidy,
  useBackend,
  valueAndGradients,
  type BackendChoice,
} from '../../src/tensor/index.js';

const random = stream('test/tensor/train-and-print');
const normal = (...shape: number[]) => {
  const count = shape.reduce((product, extent) => product * extent, 1);
  return tensorFrom(
    Float32Array.from({ length: count }, () => random.normal()),
    shape,
  );
};

await useBackend(process.argv[2] as BackendChoice);
const x = normal(32, 8);
const y = ops.toFloat(ops.greater(normal(32, 1), 0));
let weights = [normal(8, 16), normal(16, 1)];
for (let step = 0; step < 10; step++) {
  weights = tidy(() => {
    const { gradients } = valueAndGradients((first, second) => {
      const logits = ops.matMul(ops.tanh(ops.matMul(x, first)), second);
      return ops.mean(ops.sub(ops.softplus(logits), ops.mul(y, logits)));
    }, weights);
    return weights.map((weight, index) => ops.sub(weight, ops.mul(gradients[index]!, 0.1)));
  });
}
process.stdout.write(`${sha256(...weights.map((weight) => new Uint8Array(read(weight).buffer)))}\n`);

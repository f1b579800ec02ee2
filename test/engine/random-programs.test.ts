import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { createLoopProgram } from '../../src/engine/compiled/loop-program.js';
import { traceGraph } from '../../src/engine/compiled/graph/trace-graph.js';
import { stream } from '../../src/core/random.js';
import {
  ops,
  read,
  scalar,
  tensorFrom,
  tidy,
  useBackend,
  valueAndGradients,
  type Tensor,
} from '../../src/tensor/index.js';

beforeAll(() => useBackend('wasm'));

const ROWS = 5;
const COLUMNS = 3;
const SHAPE = [ROWS, COLUMNS];
const MEMBERS = 3;

/** Keeps values where every operation is smooth and bounded. */
const tame = (x: Tensor): Tensor => ops.tanh(x);
const positive = (x: Tensor): Tensor => ops.add(ops.abs(x), 0.1);

/** Operations on matrices of one shape; `a` and `b` are earlier values, `t` a parameter (a scalar). */
const OPERATIONS: Readonly<Record<string, (a: Tensor, b: Tensor, t: Tensor) => Tensor>> = {
  add: (a, b) => ops.add(a, b),
  sub: (a, b) => ops.sub(a, b),
  mul: (a, b) => ops.mul(a, b),
  div: (a, b) => ops.div(a, positive(b)),
  scaled: (a, _b, t) => ops.mul(a, t),
  shifted: (a, _b, t) => ops.sub(t, a),
  pow: (a, _b, t) => ops.pow(positive(a), t),
  square: (a) => ops.square(a),
  cube: (a) => ops.pow(positive(a), 3),
  maximum: (a, b) => ops.maximum(a, b),
  minimum: (a, b) => ops.minimum(a, b),
  clip: (a) => ops.clip(a, -0.5, 0.5),
  where: (a, b) => ops.where(ops.greater(a, b), a, ops.neg(b)),
  mask: (a, b) => ops.mul(a, ops.toFloat(ops.lessEqual(a, b))),
  logic: (a, b) =>
    ops.toFloat(
      ops.logicalAnd(ops.greater(a, 0), ops.logicalNot(ops.logicalOr(ops.less(b, 0), ops.equal(a, b)))),
    ),
  neg: (a) => ops.neg(a),
  abs: (a) => ops.abs(a),
  exp: (a) => ops.exp(tame(a)),
  expm1: (a) => ops.expm1(tame(a)),
  log: (a) => ops.log(positive(a)),
  log1p: (a) => ops.log1p(positive(a)),
  sqrt: (a) => ops.sqrt(positive(a)),
  reciprocal: (a) => ops.reciprocal(positive(a)),
  sign: (a) => ops.sign(a),
  sin: (a) => ops.sin(a),
  cos: (a) => ops.cos(a),
  relu: (a) => ops.relu(a),
  elu: (a) => ops.elu(a),
  sigmoid: (a) => ops.sigmoid(a),
  tanh: (a) => ops.tanh(a),
  softplus: (a) => ops.softplus(a),
  logSigmoid: (a) => ops.logSigmoid(a),
  matMul: (a, b) => ops.matMul(ops.matMul(a, b, false, true), a),
  matMulTransposed: (a, b) => ops.matMul(a, ops.matMul(a, b, true, false)),
  softmax: (a) => ops.softmax(a),
  logSoftmax: (a) => ops.logSoftmax(tame(a)),
  centred: (a) => ops.sub(a, ops.mean(a, 0, true)),
  normalised: (a) => ops.div(a, positive(ops.sum(ops.square(a), 1, true))),
  maxOfRows: (a, b) => ops.add(ops.max(a, 1, true), b),
  minOfColumns: (a, b) => ops.mul(ops.min(a, 0, true), b),
  total: (a, b) => ops.mul(ops.mean(a), b),
  cumsum: (a) => ops.cumsum(a, 0),
  cumsumReversed: (a) => ops.cumsum(a, 1, true, true),
  sorted: (a) => ops.toFloat(ops.descendingOrder(a)),
  transpose: (a) => ops.reshape(ops.transpose(a, [1, 0]), SHAPE),
  sliceAndPad: (a) =>
    ops.pad(
      ops.slice(a, [1, 0], [ROWS - 2, COLUMNS - 1]),
      [
        [1, 1],
        [0, 1],
      ],
      0.5,
    ),
  concat: (a, b) =>
    ops.concat([ops.slice(a, [0, 0], [2, COLUMNS]), ops.slice(b, [2, 0], [ROWS - 2, COLUMNS])], 0),
  stack: (a, b) => ops.sum(ops.stack([a, b], 1), 1),
  tile: (a) => ops.mul(ops.tile(ops.slice(a, [0, 0], [ROWS, 1]), [1, COLUMNS]), a),
  broadcast: (a) => ops.broadcastTo(ops.slice(a, [1, 0], [1, COLUMNS]), SHAPE),
  gather: (a) => ops.gatherRows(a, tensorFrom(Int32Array.of(4, 0, 0, 2, 1), [ROWS], 'int32')),
  oneHot: (a) => ops.mul(a, ops.oneHot(tensorFrom(Int32Array.of(0, 2, 1, 1, 0), [ROWS], 'int32'), COLUMNS)),
};

const step = fc.record({
  operation: fc.constantFrom(...Object.keys(OPERATIONS)),
  a: fc.nat({ max: 1000 }),
  b: fc.nat({ max: 1000 }),
});

type Program = readonly { readonly operation: string; readonly a: number; readonly b: number }[];

/** Value and gradients of the mean of the last value of a program. */
function run(program: Program, inputs: Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>> {
  const names = ['x', 'y', 't'];
  const { value, gradients } = valueAndGradients(
    (x, y, t) => {
      const values = [x, y];
      for (const { operation, a, b } of program) {
        const made = OPERATIONS[operation]!(values[a % values.length]!, values[b % values.length]!, t);
        // Bounded, or products of products leave float32; and every value has a say.
        values.push(tame(made));
      }
      return ops.mean(values.reduce((sum, one) => ops.add(sum, one)));
    },
    names.map((name) => inputs[name]!),
  );
  const [x, y, t] = gradients;
  return { value, x: x!, y: y!, t: t!, moved: ops.sub(inputs['x']!, ops.mul(x!, 0.1)) };
}

const random = stream('random programs');
const matrix = (): Float32Array => Float32Array.from({ length: ROWS * COLUMNS }, () => random.normal());

it('200 random programs give what eager gives: forward, gradient and step', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (program) => {
      const members = Array.from({ length: MEMBERS }, () => ({
        x: matrix(),
        y: matrix(),
        t: Float32Array.of(0.5 + 2 * random.uniform()),
      }));
      const graph = traceGraph({ x: SHAPE, y: SHAPE, t: [] }, (inputs) => run(program, inputs));
      const compiled = await createLoopProgram(
        {
          step: graph,
          roles: { x: 'fixed', y: 'fixed', t: 'fixed' },
          shared: new Set(),
          sameSamples: false,
          batchSize: 1,
        },
        1,
      );
      const found = await compiled.run(
        1,
        {},
        members.map((arrays) => ({ arrays, indices: new Int32Array(1) })),
      );
      await compiled.dispose();
      members.forEach(({ x, y, t }, member) => {
        tidy(() => {
          const wanted = run(program, { x: tensorFrom(x, SHAPE), y: tensorFrom(y, SHAPE), t: scalar(t[0]!) });
          for (const [name, tensor] of Object.entries(wanted)) {
            const values = read(tensor);
            values.forEach((value, index) => {
              const difference = Math.abs(found[member]![name]![index]! - value);
              expect(difference, `${name}[${index}]`).toBeLessThan(1e-4 * (1 + Math.abs(value)));
            });
          }
        });
      });
    }),
    { numRuns: 200, seed: 7 },
  );
});

const SAMPLES = 9;
const STEPS = 2;

it("60 random programs give each member the same bytes, whoever trains with it and whoever's samples it reads", async () => {
  const rows = Float32Array.from({ length: SAMPLES * COLUMNS }, () => random.normal());
  const drawn = (): Int32Array => Int32Array.from({ length: STEPS * ROWS }, () => random.integer(SAMPLES));
  const common = drawn();
  const members = [common, common, common, drawn(), drawn()].map((indices) => ({
    arrays: { y: matrix(), t: Float32Array.from({ length: STEPS }, () => 0.5 + 2 * random.uniform()) },
    indices,
  }));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (program) => {
      const traced = traceGraph({ x: SHAPE, y: SHAPE, t: [] }, (inputs) => {
        const { y, ...others } = run(program, inputs);
        return { ...others, y: ops.sub(inputs['y']!, ops.mul(y!, 0.1)) };
      });
      const roles = { x: 'sample', y: 'state', t: 'step' } as const;
      const source = { step: traced, roles, shared: new Set<string>(), batchSize: ROWS };
      const [apart, together] = await Promise.all(
        [false, true].map((sameSamples) => createLoopProgram({ ...source, sameSamples }, 1)),
      );
      const trained = await apart!.run(STEPS, { x: rows }, members);
      const sharing = await together!.run(STEPS, { x: rows }, members.slice(0, 3));
      for (const [index, member] of members.entries()) {
        const [alone] = await together!.run(STEPS, { x: rows }, [member]);
        expect(trained[index], `member ${index}`).toEqual(alone);
        if (index < sharing.length) expect(sharing[index], `member ${index}, sharing`).toEqual(alone);
      }
      await Promise.all([apart!.dispose(), together!.dispose()]);
    }),
    { numRuns: 60, seed: 7 },
  );
});

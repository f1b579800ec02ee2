import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { channelBlock } from '../../src/engine/compiled/channel-block.js';
import { compile } from '../../src/engine/compiled/graph/compile.js';
import { nodesOf } from '../../src/engine/compiled/graph/graph.js';
import { traceGraph } from '../../src/engine/compiled/graph/trace-graph.js';
import { createLoopProgram } from '../../src/engine/compiled/loop-program.js';
import { stream } from '../../src/core/random.js';
import {
  ops,
  read,
  tensorFrom,
  tidy,
  useBackend,
  valueAndGradients,
  type Tensor,
} from '../../src/tensor/index.js';

beforeAll(() => useBackend('wasm'));

/** Channels that fill whole blocks, whatever the processor. */
const CHANNELS = 16;
const SIDE = 4;
const IMAGE = [2, SIDE, SIDE, CHANNELS];
const FILTER = [3, 3, CHANNELS, CHANNELS];

interface Parameters {
  readonly filter: Tensor;
  readonly bias: Tensor;
}

const same = (x: Tensor, { filter }: Parameters): Tensor => ops.conv2d(x, filter, 1, 'same');
const halves = (x: Tensor): readonly [Tensor, Tensor] => [
  ops.slice(x, [0, 0, 0, 0], [-1, -1, -1, CHANNELS / 2]),
  ops.slice(x, [0, 0, 0, CHANNELS / 2], [-1, -1, -1, -1]),
];

/** Operations from images to images of one shape, as networks for images are made of; `a` and `b` are earlier values. */
const OPERATIONS: Readonly<Record<string, (a: Tensor, b: Tensor, p: Parameters) => Tensor>> = {
  convolution: (a, _b, p) => same(a, p),
  convolutionWithBias: (a, _b, p) => ops.add(same(a, p), p.bias),
  convolutionBiasRelu: (a, _b, p) => ops.relu(ops.add(same(a, p), p.bias)),
  convolutionRelu: (a, _b, p) => ops.relu(same(a, p)),
  residual: (a, b, p) => ops.relu(ops.add(same(a, p), b)),
  strided: (a, _b, p) => ops.enlarge(ops.conv2d(a, p.filter, 2, 'same'), 2),
  pointwise: (a, _b, { filter }) =>
    ops.conv2d(a, ops.slice(filter, [1, 1, 0, 0], [1, 1, -1, -1]), 1, 'valid'),
  narrowed: (a, _b, { filter }) => {
    const [some] = halves(a);
    return ops.conv2d(some, ops.slice(filter, [0, 0, 0, 0], [-1, -1, CHANNELS / 2, -1]), 1, 'same');
  },
  maxPool: (a) => ops.enlarge(ops.maxPool(a, 2), 2),
  averagePool: (a) => ops.enlarge(ops.averagePool(a, 2), 2),
  skip: (a, b) => ops.concat([halves(a)[0], halves(b)[1]], 3),
  flipped: (a) => ops.concat([...halves(a)].reverse(), 3),
  cutAndPadded: (a) =>
    ops.pad(
      ops.slice(a, [0, 1, 0, 0], [-1, SIDE - 2, -1, -1]),
      [
        [0, 0],
        [1, 1],
        [0, 0],
        [0, 0],
      ],
      0.25,
    ),
  stackedRows: (a, b) =>
    ops.concat(
      [ops.slice(a, [0, 0, 0, 0], [-1, 1, -1, -1]), ops.slice(b, [0, 1, 0, 0], [-1, -1, -1, -1])],
      1,
    ),
  scaledChannels: (a, _b, { bias }) => ops.mul(a, bias),
  normalised: (a) => ops.sub(a, ops.mean(a, [0, 1, 2], true)),
  squeezeAndExcite: (a) => ops.mul(a, ops.sigmoid(ops.mean(a, [1, 2], true))),
  overChannels: (a) => ops.div(a, ops.add(ops.sum(ops.square(a), 3, true), 1)),
  total: (a, b) => ops.add(a, ops.mean(b)),
  masked: (a, b) => ops.mul(a, ops.toFloat(ops.greater(a, b))),
  chosen: (a, b) => ops.where(ops.less(a, b), a, ops.neg(b)),
  elu: (a) => ops.elu(a),
  square: (a) => ops.square(a),
  turned: (a) => ops.transpose(a, [0, 2, 1, 3]),
};

type Program = readonly { readonly operation: string; readonly a: number; readonly b: number }[];

/** Value and gradients of the mean of all values of a program, the last of them a convolution. */
function run(program: Program, inputs: Readonly<Record<string, Tensor>>): Readonly<Record<string, Tensor>> {
  const names = ['x', 'filter', 'bias'];
  const { value, gradients } = valueAndGradients(
    (x, filter, bias) => {
      const parameters = { filter, bias };
      const values = [x, ops.tanh(same(x, parameters))];
      for (const { operation, a, b } of program) {
        const made = OPERATIONS[operation]!(
          values[a % values.length]!,
          values[b % values.length]!,
          parameters,
        );
        values.push(ops.tanh(made));
      }
      return ops.mean(ops.square(values.reduce((sum, one) => ops.add(sum, one))));
    },
    names.map((name) => inputs[name]!),
  );
  return { value, ...Object.fromEntries(names.map((name, index) => [name, gradients[index]!])) };
}

const step = fc.record({
  operation: fc.constantFrom(...Object.keys(OPERATIONS)),
  a: fc.nat({ max: 1000 }),
  b: fc.nat({ max: 1000 }),
});
const SHAPES = { x: IMAGE, filter: FILTER, bias: [CHANNELS] };
const random = stream('random images');
const drawn = (shape: readonly number[], scale: number): Float32Array =>
  Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => scale * random.normal());

it('120 random networks for images give what eager gives, forward and gradient', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (program) => {
      const graph = traceGraph(SHAPES, (inputs) => run(program, inputs));
      const arrays = { x: drawn(IMAGE, 1), filter: drawn(FILTER, 0.1), bias: drawn([CHANNELS], 0.5) };
      const roles = { x: 'fixed', filter: 'fixed', bias: 'fixed' } as const;
      const compiled = await createLoopProgram(
        { step: graph, roles, shared: new Set(), sameSamples: false, batchSize: 1 },
        1,
      );
      const [found] = await compiled.run(1, {}, [{ arrays, indices: new Int32Array(1) }]);
      await compiled.dispose();
      tidy(() => {
        const tensors = Object.entries(arrays).map(
          ([name, values]) => [name, tensorFrom(values, SHAPES[name as keyof typeof SHAPES])] as const,
        );
        for (const [name, tensor] of Object.entries(run(program, Object.fromEntries(tensors)))) {
          const values = read(tensor);
          const largest = values.reduce((most, one) => Math.max(most, Math.abs(one)), 1e-3);
          values.forEach((value, index) => {
            expect(Math.abs(found![name]![index]! - value) / largest, `${name}[${index}]`).toBeLessThan(2e-4);
          });
        }
      });
    }),
    { numRuns: 120, seed: 5 },
  );
});

it('between convolutions images stay in blocks; bias and relu are part of them', async () => {
  const block = await channelBlock();
  expect([8, 16]).toContain(block);
  const program = ['convolutionBiasRelu', 'maxPool', 'convolutionBiasRelu'].map((operation, index) => ({
    operation,
    a: index + 1,
    b: 0,
  }));
  const graph = traceGraph(SHAPES, (inputs) => run(program, inputs));
  const kernels = nodesOf(compile(graph, { samples: new Set(), shared: new Set(), block }).graph).map(
    ({ kernel }) => kernel,
  );
  const count = (name: string): number => kernels.filter((one) => one === name).length;
  // The input is converted once, and the gradient by it converted back; filters read one operand plain.
  expect(count('ToBlocks')).toBe(1);
  expect(count('Relu')).toBe(0);
  expect(count('Conv2D') + count('Conv2DBackpropInput')).toBe(0);
  expect(count('BlockedConv2D')).toBe(6);
});

it('without blocks, as on processors that have none, images stay plain', () => {
  const graph = traceGraph(SHAPES, (inputs) => run([{ operation: 'convolution', a: 1, b: 0 }], inputs));
  const kernels = nodesOf(
    compile(graph, { samples: new Set(), shared: new Set(), block: undefined }).graph,
  ).map(({ kernel }) => kernel);
  expect(kernels).toContain('Conv2D');
  expect(kernels.some((name) => name.startsWith('Blocked') || name.endsWith('Blocks'))).toBe(false);
});

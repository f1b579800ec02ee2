import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeKernels } from '../../src/engine/compiled/describe-kernels.js';
import { nodesOf, type Node } from '../../src/engine/compiled/graph/graph.js';
import { traceGraph } from '../../src/engine/compiled/graph/trace-graph.js';
import { kernelList, kernels } from '../../src/engine/compiled/kernels/registry.js';
import { createLoopProgram } from '../../src/engine/compiled/loop-program.js';
import { ops, useBackend, valueAndGradients, type Tensor } from '../../src/tensor/index.js';
import { constantCases } from '../tensor/constant-cases.js';
import { gradientsOf, relativeError, type Input } from '../tensor/numeric.js';
import { elementwiseCases } from '../tensor/op-cases-elementwise.js';
import { structureCases } from '../tensor/op-cases-structure.js';
import { real, sample, type InputSpec, type OpCase } from '../tensor/op-case.js';

beforeAll(() => useBackend('wasm'));

it('no kernel is registered twice', () => {
  expect(kernels.size).toBe(kernelList.length);
});

/** Kernels that the door does not use, and a user's own function may. */
interface DirectCase {
  readonly note: string;
  readonly inputs: readonly InputSpec[];
  readonly run: (...inputs: Tensor[]) => Tensor;
  readonly expected: OpCase['expected'];
}
const direct = (
  note: string,
  run: (x: Tensor) => Tensor,
  expected: (x: readonly number[]) => number[],
  input: InputSpec = real([4, 6]),
): DirectCase => ({ note, inputs: [input], run, expected });
const rows = (x: readonly number[]): number[][] => [0, 1, 2, 3].map((row) => x.slice(row * 6, row * 6 + 6));
const asNumbers = (x: Tensor): Tensor => tf.cast(x, 'float32');

const directCases: readonly DirectCase[] = [
  direct('tf.rsqrt', tf.rsqrt, (x) => x.map((one) => 1 / Math.sqrt(one)), real([4, 6], 0.4, 2)),
  direct('tf.floor', tf.floor, (x) => x.map(Math.floor)),
  direct('tf.ceil', tf.ceil, (x) => x.map(Math.ceil)),
  direct('tf.round', tf.round, (x) => x.map(Math.round)),
  direct(
    'tf.leakyRelu',
    (x) => tf.leakyRelu(x, 0.3),
    (x) => x.map((one) => (one > 0 ? one : 0.3 * one)),
  ),
  direct(
    'tf.step',
    (x) => tf.step(x, 0.25),
    (x) => x.map((one) => (one > 0 ? 1 : 0.25)),
  ),
  direct(
    'tf.clipByValue',
    (x) => tf.clipByValue(x, -0.5, 0.7),
    (x) => x.map((one) => Math.min(0.7, Math.max(-0.5, one))),
  ),
  direct(
    'tf.squaredDifference',
    (x) => tf.squaredDifference(x, 0.5),
    (x) => x.map((one) => (one - 0.5) ** 2),
  ),
  direct(
    'tf.pow of one base and many exponents',
    (x) => tf.pow(x, tf.fill([4, 6], 2)),
    ([x]) => Array.from({ length: 24 }, () => x! ** 2),
    real([], 0.4, 2),
  ),
  direct(
    'tf.mean',
    (x) => tf.mean(x, 1),
    (x) => rows(x).map((row) => row.reduce((a, b) => a + b) / 6),
  ),
  direct(
    'tf.prod',
    (x) => tf.prod(x, 1),
    (x) => rows(x).map((row) => row.reduce((a, b) => a * b)),
  ),
  direct(
    'tf.all',
    (x) => asNumbers(tf.all(tf.greater(x, -1), 1)),
    (x) => rows(x).map((row) => Number(row.every((one) => one > -1))),
  ),
  direct(
    'tf.any',
    (x) => asNumbers(tf.any(tf.greater(x, 1), 1)),
    (x) => rows(x).map((row) => Number(row.some((one) => one > 1))),
  ),
  direct(
    'tf.fill',
    (x) => tf.add(x, tf.fill([4, 6], 2)),
    (x) => x.map((one) => one + 2),
  ),
  direct(
    'tf.logicalOr of comparisons',
    (x) => asNumbers(tf.logicalOr(tf.less(x, -1), tf.greater(x, 1))),
    (x) => x.map((one) => Number(Math.abs(one) > 1)),
  ),
];

const differentiable = [...elementwiseCases, ...structureCases].map((one) => ({
  ...one,
  title: one.note === undefined ? one.op : `${one.op} (${one.note})`,
}));
const constants = constantCases.map(({ op, shape, run, expected }) => ({
  title: op,
  inputs: [{ shape, low: -2, high: 2 }],
  run: (x?: Tensor) => run(x!),
  expected: (x?: readonly number[]) => expected(x!),
}));
const forwards = [
  ...differentiable,
  ...constants,
  ...directCases.map((one) => ({ ...one, title: one.note })),
];

/** Calls of kernels in the traced functions of this file. */
const calls: Node[] = [];

/** What a compiled function of float inputs gives to each member of a cohort: result → values. */
async function compiledValues(
  members: readonly (readonly Input[])[],
  body: (...inputs: Tensor[]) => Readonly<Record<string, Tensor>>,
): Promise<readonly Readonly<Record<string, Float32Array>>[]> {
  const names = members[0]!.map((_, index) => `x${index}`);
  const shapes = Object.fromEntries(names.map((name, index) => [name, members[0]![index]!.shape]));
  const step = traceGraph(shapes, (inputs) => body(...names.map((name) => inputs[name]!)));
  calls.push(...nodesOf(step));
  const roles = Object.fromEntries(names.map((name) => [name, 'fixed' as const]));
  const program = await createLoopProgram(
    { step, roles, shared: new Set(), sameSamples: false, batchSize: 1 },
    1,
  );
  const results = await program.run(
    1,
    {},
    members.map((inputs) => ({
      arrays: Object.fromEntries(names.map((name, index) => [name, inputs[index]!.values])),
      indices: new Int32Array(1),
    })),
  );
  await program.dispose();
  return results;
}

const cohort = (specs: readonly InputSpec[], title: string): readonly (readonly Input[])[] =>
  ['a', 'b', 'c'].map((member) => sample(specs, `${title}/${member}`));

describe.each(forwards)('compiled, $title', ({ title, inputs, run, expected }) => {
  it('has the values of its definition, for every member of a cohort', async () => {
    const members = cohort(inputs, title);
    const found = await compiledValues(members, (...xs) => ({ y: run(...xs) }));
    members.forEach((member, index) => {
      const wanted = expected(...member.map(({ values }) => [...values]));
      expect(relativeError(found[index]!['y']!, wanted, 1e-3)).toBeLessThan(2e-5);
    });
  });
});

describe.each(differentiable)('compiled, $title', ({ title, inputs, run }) => {
  it('has the gradient that it has in eager, for every member of a cohort', async () => {
    // Σ (y + y²/2): linear operations, too, then read their inputs in the backward pass.
    const scalar = (...xs: Tensor[]): Tensor => {
      const y = run(...xs);
      return ops.sum(ops.add(y, ops.mul(0.5, ops.square(y))));
    };
    const members = cohort(inputs, title);
    const found = await compiledValues(members, (...xs) => {
      const { gradients } = valueAndGradients(scalar, xs);
      return Object.fromEntries(gradients.map((gradient, index) => [`d${index}`, gradient]));
    });
    members.forEach((member, index) => {
      gradientsOf(scalar, member).forEach((wanted, input) => {
        expect(relativeError(found[index]![`d${input}`]!, wanted, 0.1)).toBeLessThan(5e-5);
      });
    });
  });
});

it('every kernel that a program can call was met by these tests', () => {
  const met = new Set(calls.map(({ kernel }) => kernel));
  const missing = kernelList.filter(({ name, internal }) => internal !== true && !met.has(name));
  // Traces turn these into constants, and steps compute them from others.
  const folded = ['ZerosLike', 'OnesLike', 'Fill', 'Identity'];
  expect(missing.map(({ name }) => name).filter((name) => !folded.includes(name))).toEqual([]);
});

it('docs/compiled-engine.md ends with the kernels as they are (UPDATE_DOCS=1 writes it)', () => {
  const file = fileURLToPath(new URL('../../docs/compiled-engine.md', import.meta.url));
  const table = describeKernels(kernelList, calls);
  const text = readFileSync(file, 'utf8');
  const before = text.slice(0, text.indexOf('| kernel |'));
  if (process.env['UPDATE_DOCS'] !== undefined) writeFileSync(file, before + table);
  expect(readFileSync(file, 'utf8')).toBe(before + table);
});

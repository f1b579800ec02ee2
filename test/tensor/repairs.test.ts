import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { currentBackend, dispose, ops, tensorFrom, useBackend, type Tensor } from '../../src/tensor/index.js';
import { broadcasts } from '../../src/tensor/kernels/broadcast.js';
import { installKernels, kernelPatches } from '../../src/tensor/kernels/install-kernels.js';
import { gradientRules } from '../../src/tensor/repairs/gradient-rules.js';
import { installGradients } from '../../src/tensor/repairs/install-gradients.js';
import { gradientsOf, relativeError, valuesOf, type Input } from './numeric.js';

const registered = (): readonly unknown[] =>
  gradientRules.map(({ kernelName }) => tf.getGradient(kernelName));

describe('the gradient rules', () => {
  it('are one to a kernel, and are registered by importing the door', () => {
    const names = gradientRules.map(({ kernelName }) => kernelName);
    expect(new Set(names).size).toBe(names.length);
    expect(registered()).toEqual(gradientRules);
    gradientRules.forEach((rule) => expect(tf.getGradient(rule.kernelName)).toBe(rule));
  });

  it('change nothing when installed again, and win over a rule that came later', () => {
    const before = registered();
    installGradients();
    registered().forEach((rule, index) => expect(rule).toBe(before[index]));
    tf.unregisterGradient(tf.Tanh);
    tf.registerGradient({ kernelName: tf.Tanh, gradFunc: () => ({ x: () => tf.scalar(0) }) });
    installGradients();
    registered().forEach((rule, index) => expect(rule).toBe(before[index]));
  });
});

describe('the kernel patches', () => {
  it.each(['wasm', 'cpu'] as const)('of %s change nothing when installed again', async (backend) => {
    await useBackend(backend);
    const own = kernelPatches.filter(({ backends }) => backends.includes(backend));
    const before = own.map(({ kernel }) => tf.getKernel(kernel, backend));
    installKernels(backend);
    await useBackend(backend);
    expect(own.length).toBeGreaterThan(0);
    own.forEach(({ kernel }, index) => expect(tf.getKernel(kernel, backend)).toBe(before[index]));
  });

  const input = (shape: readonly number[], seed: number): Input => ({
    shape,
    values: Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, (_, index) =>
      Math.sin(seed + 1.7 * index),
    ),
  });

  // The sizes of real layers, which the small samples of the conformance suite do not reach.
  it.each([
    [
      'transposed products',
      () => valuesOf((a, b) => ops.matMul(a, b, true), [input([128, 40], 1), input([128, 33], 2)]),
    ],
    [
      'products by a transposed matrix',
      () => valuesOf((a, b) => ops.matMul(a, b, false, true), [input([64, 128], 1), input([10, 128], 2)]),
    ],
    ['tiles', () => valuesOf((x) => ops.tile(x, [3, 1, 17]), [input([5, 1, 9], 1)])],
    [
      'integer tiles',
      () =>
        valuesOf((x) => ops.toFloat(ops.tile(tf.cast(ops.mul(x, 9), 'int32'), [2, 3])), [input([4, 5], 1)]),
    ],
    ...(
      [
        [
          [6, 1],
          [6, 9],
        ],
        [
          [4, 1, 5],
          [1, 3, 1],
        ],
        [
          [1, 1, 5],
          [2, 3, 5],
        ],
        [[], [3, 2]],
        [
          [2, 1, 3, 1, 2],
          [2, 4, 3, 5, 2],
        ],
      ] as const
    ).map(([a, b]): [string, () => Float32Array] => [
      `comparisons and extrema of [${a.join(', ')}] and [${b.join(', ')}]`,
      () =>
        valuesOf(
          (x, y) =>
            ops.concat(
              [
                ops.maximum(x, y),
                ops.minimum(x, y),
                ops.pow(ops.abs(x), y),
                ...[ops.greater, ops.greaterEqual, ops.less, ops.lessEqual, ops.equal, ops.notEqual].map(
                  (compare) => ops.toFloat(compare(ops.sign(x), ops.sign(y))),
                ),
              ].map((part) => ops.reshape(part, [-1])),
              0,
            ),
          [input(a, 1), input(b, 2)],
        ),
    ]),
    // MaxPoolGrad of wasm 4.22.0 is wrong as soon as there is more than one sample.
    [
      'gradients of a pooled maximum',
      () => gradientsOf((x) => ops.sum(ops.square(ops.maxPool(x, 2))), [input([8, 12, 10, 5], 1)])[0]!,
    ],
    [
      'gradients of a pooled mean',
      () => gradientsOf((x) => ops.sum(ops.square(ops.averagePool(x, 2))), [input([8, 12, 10, 5], 1)])[0]!,
    ],
    [
      'filter gradients',
      () =>
        valuesOf(
          (x, dy) =>
            tf.engine().runKernel(
              tf.Conv2DBackpropFilter,
              { x: x, dy: dy },
              {
                strides: 2,
                pad: 'same',
                dataFormat: 'NHWC',
                filterShape: [5, 3, 4, 6],
              },
            ),
          [input([8, 13, 12, 4], 1), input([8, 7, 6, 6], 2)],
        ),
    ],
    [
      'input gradients',
      () =>
        valuesOf(
          (dy, filter) =>
            tf.engine().runKernel(
              tf.Conv2DBackpropInput,
              { dy: dy, filter: filter },
              {
                strides: 2,
                pad: 'same',
                dataFormat: 'NHWC',
                inputShape: [8, 13, 12, 4],
              },
            ),
          [input([8, 7, 6, 6], 2), input([5, 3, 4, 6], 3)],
        ),
    ],
  ])('give wasm the same %s as cpu', async (_name, compute) => {
    await useBackend('cpu');
    const cpu = compute();
    await useBackend('wasm');
    expect(currentBackend()).toBe('wasm');
    expect(relativeError(compute(), cpu, 1)).toBeLessThan(1e-5);
  });

  // Run directly: tidy, and the scope that every operation opens, would hide what a kernel forgets.
  it.each(['wasm', 'cpu'] as const)('leave only their result behind on %s', async (backend) => {
    await useBackend(backend);
    const tensor = ({ shape, values }: Input): Tensor => tensorFrom(values, shape);
    const x = tensor(input([2, 5, 6, 2], 1));
    const filter = tensor(input([3, 3, 2, 4], 2));
    const dy = tensor(input([2, 3, 3, 4], 3));
    const image = tensor(input([2, 4, 6, 2], 4));
    const pooled = tensor(input([2, 2, 3, 2], 5));
    const convolution = { strides: 2, pad: 'same', dataFormat: 'NHWC' };
    const a = tensor(input([4, 3], 1));
    const b = tensor(input([5, 4], 2));
    const column = tensor(input([4, 1], 3));
    const segmentIds = tensorFrom(Int32Array.of(1, 0, 1, 2), [4], 'int32');
    const kernel =
      (name: string, inputs: Record<string, Tensor>, attributes: tf.NamedAttrMap = {}) =>
      (): Tensor =>
        tf.engine().runKernel(name, inputs, attributes);
    const runs: Record<string, () => Tensor> = {
      [tf.BatchMatMul]: kernel(tf.BatchMatMul, { a, b }, { transposeA: true, transposeB: true }),
      [tf.Tile]: kernel(tf.Tile, { x: a }, { reps: [3, 2] }),
      [tf.Conv2DBackpropFilter]: kernel(
        tf.Conv2DBackpropFilter,
        { x, dy },
        { ...convolution, filterShape: filter.shape },
      ),
      [tf.Conv2DBackpropInput]: kernel(
        tf.Conv2DBackpropInput,
        { dy, filter },
        { ...convolution, inputShape: x.shape },
      ),
      [tf.UnsortedSegmentSum]: kernel(tf.UnsortedSegmentSum, { x: a, segmentIds }, { numSegments: 3 }),
      [tf.Log1p]: kernel(tf.Log1p, { x: a }),
      TiledMaxPoolGrad: kernel('TiledMaxPoolGrad', { dy: pooled, x: image, y: pooled }, { filterSize: 2 }),
      ...Object.fromEntries(
        broadcasts.map(({ kernel: name }) => [
          name,
          () => {
            kernel(name, { a: column, b: a })().dispose();
            return kernel(name, { a, b: column })();
          },
        ]),
      ),
    };
    expect(Object.keys(runs).sort()).toEqual(kernelPatches.map(({ kernel }) => kernel).sort());
    for (const [name, run] of Object.entries(runs)) {
      const { numTensors, numDataBuffers } = tf.memory();
      run().dispose();
      expect([tf.memory().numTensors, tf.memory().numDataBuffers], name).toEqual([
        numTensors,
        numDataBuffers,
      ]);
    }
    dispose(x, filter, dy, image, pooled, a, b, column, segmentIds);
  });
});

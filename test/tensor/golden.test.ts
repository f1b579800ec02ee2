import { describe, expect, it } from 'vitest';
import { ops, tensorFrom, type Tensor } from '../../src/tensor/index.js';
import { gradientsOf, hessianTimes } from './numeric.js';
import { onEachBackend } from './on-each-backend.js';

/**
 * Derivatives computed in float64 outside this project, at z = [0.7, −0.3, 0.2], Hessian times v = [0.5, −1, 2].
 * Stock TensorFlow.js throws on, or silently miscalculates, the second column of most of them.
 */
const Z = Float32Array.of(0.7, -0.3, 0.2);
const V = Float32Array.of(0.5, -1, 2);
const weights = (): Tensor => tensorFrom(Float32Array.of(1, -2, 3), [3]);
const target = (): Tensor => tensorFrom(Float32Array.of(0, 1, 0), [3]);
const crossEntropy = (z: Tensor): Tensor => ops.neg(ops.sum(ops.mul(target(), ops.logSoftmax(z))));

const goldens: readonly {
  readonly name: string;
  readonly f: (z: Tensor) => Tensor;
  readonly gradient: readonly number[];
  readonly hessian: readonly number[];
}[] = [
  {
    name: 'square of a weighted softmax',
    f: (z) => ops.sum(ops.square(ops.mul(ops.softmax(z), weights()))),
    gradient: [-0.7478, -0.1861066, 0.9339066],
    hessian: [-1.659231, -0.780106, 2.439337],
  },
  {
    name: 'log-softmax',
    f: (z) => ops.sum(ops.mul(ops.logSoftmax(z), weights())),
    gradient: [-0.0129608, -2.3726474, 2.3856082],
    hessian: [0.183658, 0.626535, -0.810193],
  },
  {
    name: 'log-sum-exp',
    f: (z) => ops.logSumExp(z),
    gradient: [0.5064804, 0.1863237, 0.3071959],
    hessian: [-0.091829, -0.313268, 0.405097],
  },
  {
    name: 'cross-entropy',
    f: crossEntropy,
    gradient: [0.5064804, -0.8136763, 0.3071959],
    hessian: [-0.091829, -0.313268, 0.405097],
  },
  {
    name: 'focal, γ = 2',
    f: (z) => {
      const p = ops.sum(ops.mul(target(), ops.softmax(z)));
      return ops.mul(ops.pow(ops.sub(1, p), 2), crossEntropy(z));
    },
    gradient: [0.5933676, -0.9532633, 0.3598957],
    hessian: [0.07432, -0.65924, 0.584921],
  },
  {
    name: 'generalized cross-entropy, q = 0.7',
    f: (z) => {
      const p = ops.sum(ops.mul(target(), ops.softmax(z)));
      return ops.div(ops.sub(1, ops.pow(p, 0.7)), 0.7);
    },
    gradient: [0.1562249, -0.2509801, 0.0947552],
    hessian: [-0.212188, 0.198754, 0.013434],
  },
  {
    name: 'mean binary cross-entropy',
    f: (z) => ops.mean(ops.sub(ops.softplus(z), ops.mul(z, target()))),
    gradient: [0.2227293, -0.1914808, 0.183278],
    hessian: [0.036952, -0.081486, 0.165011],
  },
  {
    name: 'mish, z tanh(softplus z)',
    f: (z) => ops.sum(ops.mul(z, ops.tanh(ops.softplus(z)))),
    gradient: [0.9687949, 0.4085109, 0.7246245],
    hessian: [0.176988, -0.621232, 1.198213],
  },
];

/** |a − b| ≤ 10⁻³ · max(|b|, 0.1): relative, with a floor for entries near zero. */
function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, index) => {
    expect(Math.abs(actual[index]! - value)).toBeLessThan(1e-3 * Math.max(Math.abs(value), 0.1));
  });
}

onEachBackend(() => {
  describe.each(goldens)('$name', ({ f, gradient, hessian }) => {
    it('has the known gradient', () => {
      const [actual] = gradientsOf((z) => f(z), [{ shape: [3], values: Z }]);
      expectClose(actual!, gradient);
    });

    it('has the known Hessian times v', () => {
      expectClose(hessianTimes((z) => f(z), [{ shape: [3], values: Z }], [V])[0]!, hessian);
    });
  });
});

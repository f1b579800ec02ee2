import { describe, expect, it } from 'vitest';
import {
  dispose,
  gradients,
  liveTensors,
  ops,
  read,
  scalar,
  tensorFrom,
  tidy,
  valueAndGradients,
  type Tensor,
} from '../../src/tensor/index.js';
import { differencesAlong, gradientsOf, valuesOf } from './numeric.js';
import { onEachBackend } from './on-each-backend.js';

const vector = (...values: number[]): Tensor => tensorFrom(Float32Array.from(values), [values.length]);

onEachBackend(() => {
  describe('valueAndGradients', () => {
    it('gives the value and one gradient per input', () => {
      tidy(() => {
        const { value, gradients: found } = valueAndGradients(
          (a, b) => ops.sum(ops.mul(a, ops.square(b))),
          [vector(1, 2), vector(3, -1)],
        );
        expect([...read(value)]).toEqual([11]);
        expect(found.map((gradient) => [...read(gradient)])).toEqual([
          [9, 1],
          [6, -4],
        ]);
      });
    });

    it('gives zeros, of the right shape, for an input that is not reached', () => {
      tidy(() => {
        const x = vector(1, 2);
        const unused = tensorFrom(new Float32Array(6), [2, 3]);
        const found = gradients((a) => ops.sum(a), [x, unused]);
        expect(found[1]!.shape).toEqual([2, 3]);
        expect([...read(found[1]!)]).toEqual([0, 0, 0, 0, 0, 0]);
        expect([...read(gradients(() => scalar(3), [x])[0]!)]).toEqual([0, 0]);
        expect([...read(gradients((a) => ops.sum(ops.stopGradient(a)), [x])[0]!)]).toEqual([0, 0]);
      });
    });

    it('takes no inputs, and an input as the value', () => {
      tidy(() => {
        expect(valueAndGradients(() => scalar(3), []).gradients).toEqual([]);
        const x = scalar(5);
        const { value, gradients: found } = valueAndGradients((a) => a, [x]);
        expect(read(value)[0]).toBe(5);
        expect(read(found[0]!)[0]).toBe(1);
        gradients((a) => a, [x]);
        gradients(() => x, [vector(1)]);
        expect(read(x)[0]).toBe(5);
      });
    });

    it('refuses a value that is no scalar, and says what to do', () => {
      const x = vector(1, 2);
      expect(() => valueAndGradients((a) => ops.square(a), [x])).toThrow(/shape \[2\].*sum or mean/);
      dispose(x);
    });

    it('leaves nothing behind when the body throws', () => {
      const before = liveTensors();
      const x = vector(1, 2);
      const fail = (): unknown =>
        gradients(
          (a) => {
            ops.exp(ops.mul(a, a));
            throw new Error('on purpose');
          },
          [x],
        );
      expect(fail).toThrow('on purpose');
      // A fault in an inner gradient must not take what the outer one has saved.
      tidy(() => {
        const slope = gradients(
          (a) => {
            const y = ops.sum(ops.exp(a));
            expect(() => gradients((b) => ops.square(b), [a])).toThrow('scalar');
            return y;
          },
          [x],
        );
        expect(read(slope[0]!)[1]).toBeCloseTo(Math.E ** 2, 4);
      });
      dispose(x);
      expect(liveTensors()).toBe(before);
    });

    it('nests to the third order', () => {
      // d³/dx³ of tanh at 0.4 is (6t² − 2)(1 − t²).
      const derive = (f: (x: Tensor) => Tensor) => (x: Tensor) => gradients((a) => f(a), [x])[0]!;
      const third = tidy(() => read(derive(derive(derive(ops.tanh)))(scalar(0.4)))[0]!);
      const t = Math.tanh(0.4);
      expect(third).toBeCloseTo((6 * t * t - 2) * (1 - t * t), 4);
    });

    it('adds up what arrives along several paths', () => {
      const [gradient] = gradientsOf(
        (x) => {
          const y = ops.exp(x);
          return ops.sum(ops.add(ops.mul(y, y), ops.add(y, ops.add(x, x))));
        },
        [{ shape: [1], values: Float32Array.of(0.3) }],
      );
      expect(gradient![0]).toBeCloseTo(2 * Math.exp(0.6) + Math.exp(0.3) + 2, 5);
    });
  });

  describe('derivatives at edges', () => {
    const slopeAt = (f: (x: Tensor) => Tensor, ...x: number[]): number[] => [
      ...gradientsOf((a) => ops.sum(f(a)), [{ shape: [x.length], values: Float32Array.from(x) }])[0]!,
    ];

    it('are the documented ones at kinks', () => {
      expect(slopeAt(ops.abs, -2, 0, 2)).toEqual([-1, 0, 1]);
      expect(slopeAt(ops.relu, -1, 0, 1)).toEqual([0, 0, 1]);
      expect(slopeAt((x) => ops.clip(x, -1, 1), -2, -1, 0, 1, 2)).toEqual([0, 1, 1, 1, 0]);
      expect(slopeAt((x) => ops.maximum(x, 0), 0)).toEqual([1]);
      expect(slopeAt((x) => ops.maximum(0, x), 0)).toEqual([0]);
      expect(slopeAt((x) => ops.max(x), 1, 3, 3, 3, 0).map((slope) => slope.toFixed(4))).toEqual(
        [0, 1 / 3, 1 / 3, 1 / 3, 0].map((slope) => slope.toFixed(4)),
      );
    });

    it('of a pooled tie go to its maxima, and add up', () => {
      const [gradient] = gradientsOf(
        (x) => ops.mul(3, ops.sum(ops.maxPool(x, 2))),
        [{ shape: [1, 2, 2, 1], values: Float32Array.of(0, 0, -1, 0) }],
      );
      expect(gradient![2]).toBe(0);
      expect(gradient!.reduce((sum, part) => sum + part, 0)).toBeCloseTo(3, 6);
      expect(Math.min(...gradient!)).toBeGreaterThanOrEqual(0);
    });

    it('by the exponent are finite at base 0, and 0 for a negative base', () => {
      const [gradient] = gradientsOf(
        (exponent) => ops.sum(ops.pow(vector(0, -2), exponent)),
        [{ shape: [], values: Float32Array.of(2) }],
      );
      expect(gradient![0]).toBeCloseTo(0, 6);
    });

    it('and values stay finite where a naive formula overflows', () => {
      const far = { shape: [4], values: Float32Array.of(-1000, -100, 100, 1000) };
      for (const f of [
        ops.softplus,
        ops.logSigmoid,
        ops.sigmoid,
        ops.tanh,
        ops.elu,
        ops.softmax,
        ops.logSoftmax,
      ]) {
        expect(valuesOf((x) => f(x), [far]).every(Number.isFinite)).toBe(true);
        expect(slopeAt(f, ...far.values).every(Number.isFinite)).toBe(true);
      }
      const expected = [-1000, -100, -Math.exp(-100), 0];
      valuesOf((x) => ops.logSigmoid(x), [far]).forEach((value, index) => {
        expect(value).toBeCloseTo(expected[index]!, 6);
      });
      expect(valuesOf((x) => ops.logSumExp(x), [far])[0]).toBe(1000);
    });
  });

  it.each([
    ['log1p', ops.log1p, Math.log1p],
    ['expm1', ops.expm1, Math.expm1],
  ] as const)('%s keeps its digits near 0', (_name, f, reference) => {
    const near = Float32Array.of(-1e-3, -1e-6, -1e-9, 1e-9, 1e-7, 1e-5, 1e-3, 0.5);
    valuesOf((x) => f(x), [{ shape: [near.length], values: near }]).forEach((value, index) => {
      expect(Math.abs(value / reference(near[index]!) - 1)).toBeLessThan(1e-6);
    });
  });

  describe('a derivative through unrolled training', () => {
    // Five gradient steps on a focal softmax classifier; how the loss after them depends on γ. Stock gradients are
    // wrong here from the second step on, and a test with one step would not show it.
    const x = Float32Array.of(0.5, -1, 1.5, 0.3, -0.7, 0.9, -0.2, 1.1, 0.4, -1.3, 0.8, 0.6);
    const y = Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0);
    const crossEntropy = (logits: Tensor): Tensor =>
      ops.neg(ops.sum(ops.mul(tensorFrom(y, [4, 3]), ops.logSoftmax(logits)), 1));

    const afterTraining =
      (hidden: (z: Tensor) => Tensor) =>
      (gamma: Tensor): Tensor => {
        const logits = (w: Tensor): Tensor => hidden(ops.matMul(tensorFrom(x, [4, 3]), w));
        let w: Tensor = tensorFrom(Float32Array.of(0.1, -0.2, 0.3, 0.2, 0.1, -0.1, -0.3, 0.2, 0.1), [3, 3]);
        for (let step = 0; step < 5; step++) {
          const [slope] = gradients(
            (parameters) => {
              const loss = crossEntropy(logits(parameters));
              const wrong = ops.sub(1, ops.exp(ops.neg(loss)));
              return ops.mean(ops.mul(ops.pow(wrong, gamma), loss));
            },
            [w],
          );
          w = ops.sub(w, ops.mul(1.5, slope!));
        }
        return ops.mean(crossEntropy(logits(w)));
      };

    it.each([
      ['linear', (z: Tensor) => z],
      ['tanh', ops.tanh],
      ['sigmoid', ops.sigmoid],
      ['softplus', ops.softplus],
      ['elu', ops.elu],
      ['softmax', ops.softmax],
    ] as const)('is right with %s logits', (_name, hidden) => {
      const gamma = { shape: [], values: Float32Array.of(1.7) };
      const train = (input?: Tensor): Tensor => afterTraining(hidden)(input!);
      const [numeric] = differencesAlong((at) => valuesOf(train, at), [gamma], [Float32Array.of(1)], 0.2);
      const [analytic] = gradientsOf(train, [gamma])[0]!;
      expect(Math.abs(numeric!)).toBeGreaterThan(1e-3);
      expect(Math.abs(analytic! - numeric!)).toBeLessThan(2e-3 * Math.abs(numeric!) + 2e-6);
    });
  });
});

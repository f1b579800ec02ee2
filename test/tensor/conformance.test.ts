import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { gradients, liveTensors, ops, tensorFrom, type Tensor } from '../../src/tensor/index.js';
import { constantCases } from './constant-cases.js';
import {
  differencesAlong,
  gradientsOf,
  hessianTimes,
  relativeError,
  valuesOf,
  type Input,
} from './numeric.js';
import { onEachBackend } from './on-each-backend.js';
import { elementwiseCases } from './op-cases-elementwise.js';
import { structureCases } from './op-cases-structure.js';
import { sample, size, type OpCase } from './op-case.js';

const cases = [...elementwiseCases, ...structureCases].map((one) => ({
  ...one,
  title: one.note === undefined ? one.op : `${one.op} (${one.note})`,
}));

/** Differences by ±STEP: half the smallest distance of a sample value to a kink, or less. */
const STEP = 0.02;

/** Fixed numbers in ±1 for weights and directions. */
function mixture(count: number, key: string): Float32Array {
  const random = stream('test/tensor/mixture', key);
  return Float32Array.from({ length: count }, () => 2 * random.uniform() - 1);
}

/** Σ w (y + y²/2) of the output y: a scalar whose Hessian is not zero even where the operation is linear. */
const scalarOf =
  (one: OpCase, weights: Float32Array) =>
  (...inputs: Tensor[]): Tensor => {
    const y = one.run(...inputs);
    return ops.sum(ops.mul(tensorFrom(weights, y.shape), ops.add(y, ops.mul(0.5, ops.square(y)))));
  };

/** The same scalar, summed in float64 on the host. */
const hostScalarOf =
  (one: OpCase, weights: Float32Array) =>
  (inputs: readonly Input[]): number[] => [
    valuesOf(one.run, inputs).reduce((sum, y, index) => sum + weights[index]! * (y + (y * y) / 2), 0),
  ];

const flat = (parts: readonly Float32Array[]): number[] => parts.flatMap((part) => [...part]);

describe('the table', () => {
  it('has every operation of the door', () => {
    const covered = new Set<string>([...cases, ...constantCases].map(({ op }) => op));
    expect([...covered].sort()).toEqual(Object.keys(ops).sort());
  });
});

onEachBackend(() => {
  describe.each(cases)('$title', (one) => {
    const inputs = sample(one.inputs, one.title);
    const expected = one.expected(...inputs.map(({ values }) => [...values]));
    const weights = mixture(expected.length, `${one.title}/weights`);
    const scalar = scalarOf(one, weights);
    const direction = inputs.map(({ values }, index) => mixture(values.length, `${one.title}/${index}`));

    it('has the values of its definition', () => {
      expect(relativeError(valuesOf(one.run, inputs), expected, 1e-3)).toBeLessThan(1e-5);
      expect(valuesOf(one.run, inputs).length).toBe(expected.length);
    });

    it('has the gradient that differences show, by every coordinate', () => {
      const numeric = inputs.flatMap(({ values }, input) =>
        Array.from(values, (_, position) => {
          const unit = inputs.map((other) => new Float32Array(other.values.length));
          unit[input]![position] = 1;
          return differencesAlong(hostScalarOf(one, weights), inputs, unit, STEP)[0]!;
        }),
      );
      expect(relativeError(flat(gradientsOf(scalar, inputs)), numeric, 0.1)).toBeLessThan(1e-3);
    });

    it('has the second derivative that differences of the gradient show', () => {
      const numeric = differencesAlong((at) => flat(gradientsOf(scalar, at)), inputs, direction, STEP);
      expect(relativeError(flat(hessianTimes(scalar, inputs, direction)), numeric, 0.1)).toBeLessThan(1e-3);
    });

    it('frees what it makes, and gives the same bytes again', () => {
      const before = liveTensors();
      const first = flat(hessianTimes(scalar, inputs, direction));
      expect(flat(hessianTimes(scalar, inputs, direction))).toEqual(first);
      expect(liveTensors()).toBe(before);
    });
  });

  describe.each(constantCases)('$op', ({ op, shape, run, expected }) => {
    const [input] = sample([{ shape, low: -2, high: 2 }], op) as [Input];
    const constants = expected([...input.values]);

    it('has the values of its definition', () => {
      expect([...valuesOf((x) => run(x), [input])]).toEqual(constants.map(Math.fround));
    });

    it('is a constant to the gradient', () => {
      const alone = gradientsOf((x) => ops.sum(run(x)), [input])[0]!;
      expect([...alone]).toEqual(constants.map(() => 0));
      const asFactor = gradientsOf((x) => ops.sum(ops.mul(run(x), x)), [input])[0]!;
      expect([...asFactor]).toEqual(constants.map(Math.fround));
      const second = hessianTimes(
        (x) => ops.sum(ops.mul(run(x), ops.square(x))),
        [input],
        [mixture(size(shape), op)],
      );
      const numeric = mixture(size(shape), op).map((value, index) => 2 * constants[index]! * value);
      expect(relativeError(second[0]!, numeric, 0.1)).toBeLessThan(1e-5);
    });
  });

  it('leaves only results behind when called outside of tidy', () => {
    for (const one of cases) {
      const before = liveTensors();
      const inputs = sample(one.inputs, one.title).map(({ shape, values }) => tensorFrom(values, shape));
      const weights = mixture(one.expected(...inputs.map((x) => [...x.dataSync()])).length, 'leak');
      const found = gradients((...xs) => scalarOf(one, weights)(...xs), inputs);
      expect(found.length).toBe(inputs.length);
      for (const tensor of [...inputs, ...found]) tensor.dispose();
      expect(liveTensors() - before, one.title).toBe(0);
    }
  });
});

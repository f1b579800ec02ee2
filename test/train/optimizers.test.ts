import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { dispose, liveTensors, read, scalar, tensorFrom, tidy, useBackend } from '../../src/tensor/index.js';
import {
  initialOptimizerState,
  slotNames,
  slotsOnly,
  stepsDone,
  updateParameters,
  withStepsDone,
} from '../../src/train/optimizer-state.js';
import type { OptimizerSpec } from '../../src/train/optimizer.js';
import { builtinOptimizers } from '../../src/train/registry.js';

beforeAll(() => useBackend('wasm'));

const SIZE = 5;
const STEPS = 12;
const RATE = 0.05;

/** Gradients of each step: of very different magnitudes, and one that is always 0. */
const gradients = Array.from({ length: STEPS }, (_, step) => {
  const random = stream('gradient', step);
  return Float32Array.from({ length: SIZE }, (_unused, index) =>
    index === 4 ? 0 : Math.fround(random.normal() * 10 ** (index * 2 - 4)),
  );
});
const START = Float32Array.of(1, -2, 0.5, 3, -1);

/** The textbook recurrence of one weight in double precision: weight after all steps. */
type Recurrence = (weight: number, gradientAt: (step: number) => number) => number;

const adamWith =
  (beta1: number, beta2: number, epsilon: number, decay: number): Recurrence =>
  (start, gradientAt) => {
    let [w, m, v] = [start, 0, 0];
    for (let t = 1; t <= STEPS; t++) {
      const g = gradientAt(t - 1);
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
      const corrected = m / (1 - beta1 ** t) / (Math.sqrt(v / (1 - beta2 ** t)) + epsilon);
      w = w - RATE * decay * w - RATE * corrected;
    }
    return w;
  };

const momentumWith =
  (mu: number, nesterov: boolean): Recurrence =>
  (start, gradientAt) => {
    let [w, a] = [start, 0];
    for (let t = 0; t < STEPS; t++) {
      const g = gradientAt(t);
      a = mu * a + g;
      w -= RATE * (nesterov ? g + mu * a : a);
    }
    return w;
  };

const CASES: readonly (readonly [OptimizerSpec, Recurrence])[] = [
  [{ name: 'sgd' }, momentumWith(0, false)],
  [{ name: 'momentum', momentum: 0.9, nesterov: false }, momentumWith(0.9, false)],
  [{ name: 'momentum', momentum: 0.7, nesterov: true }, momentumWith(0.7, true)],
  [{ name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, adamWith(0.9, 0.999, 1e-7, 0)],
  // An epsilon that matters: it stands outside the root, after the bias correction.
  [{ name: 'adam', beta1: 0.5, beta2: 0.9, epsilon: 0.01 }, adamWith(0.5, 0.9, 0.01, 0)],
  [
    { name: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.1 },
    adamWith(0.9, 0.999, 1e-7, 0.1),
  ],
];

/** Runs all steps on one parameter of a name. */
function run(spec: OptimizerSpec, name: string): Float32Array {
  const rule = builtinOptimizers.get(spec.name);
  const host = { [name]: { shape: [SIZE], values: START } };
  let state = initialOptimizerState(rule, host);
  let parameters = { [name]: tensorFrom(START.slice(), [SIZE]) };
  let slots = Object.fromEntries(
    Object.entries(slotsOnly(state)).map(([slot, { shape, values }]) => [slot, tensorFrom(values, shape)]),
  );
  for (const gradient of gradients) {
    const step = stepsDone(state) + 1;
    const next = tidy(() =>
      updateParameters(rule, spec, {
        parameters,
        gradients: { [name]: tensorFrom(gradient.slice(), [SIZE]) },
        slots,
        scalars: rule.scalars(spec, step, RATE).map(scalar),
      }),
    );
    dispose(...Object.values(parameters), ...Object.values(slots));
    parameters = { [name]: next.parameters[name]! };
    slots = { ...next.slots };
    state = withStepsDone(slotsOnly(state), step);
  }
  const result = read(parameters[name]!).slice();
  dispose(...Object.values(parameters), ...Object.values(slots));
  return result;
}

describe('every optimizer', () => {
  it.each(CASES)('%j follows its recurrence in double precision', (spec, recurrence) => {
    const before = liveTensors();
    const trained = run(spec, 'weight');
    expect(liveTensors()).toBe(before);
    trained.forEach((weight, index) => {
      const exact = recurrence(START[index]!, (step) => gradients[step]![index]!);
      expect(Math.abs(weight - exact)).toBeLessThanOrEqual(3e-6 * Math.max(1, Math.abs(exact)));
    });
  });

  it('is covered by a recurrence', () => {
    const covered = new Set(CASES.map(([{ name }]) => name as string));
    expect(builtinOptimizers.members.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual(
      [],
    );
  });

  it.each(builtinOptimizers.members)('$name has defaults, knows its options, and starts at zero', (rule) => {
    const { name } = rule;
    const spec = rule.schema.parse({ name }) as OptimizerSpec;
    expect(spec.name).toBe(name);
    expect(rule.schema.safeParse({ name, warmup: 3 }).success).toBe(false);
    expect(rule.scalars(spec, 1, 0.1)).toHaveLength(rule.scalarCount);
    const parameters = { a: { shape: [2, 3], values: new Float32Array(6).fill(1) } };
    const state = initialOptimizerState(rule, parameters);
    expect(stepsDone(state)).toBe(0);
    expect(Object.keys(slotsOnly(state))).toEqual(slotNames(rule, ['a']));
    for (const { shape, values } of Object.values(slotsOnly(state))) {
      expect([shape, [...values]]).toEqual([
        [2, 3],
        [0, 0, 0, 0, 0, 0],
      ]);
    }
  });
});

describe('adamw', () => {
  const spec: OptimizerSpec = { name: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.1 };

  it('leaves parameters of the loss alone', () => {
    const plain = run({ name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }, 'loss/log-variance');
    expect(run(spec, 'loss/log-variance')).toEqual(plain);
  });

  it('shrinks a weight without gradient by the learning rate times the decay', () => {
    expect(run(spec, 'weight')[4]).toBeCloseTo(-1 * (1 - RATE * 0.1) ** STEPS, 6);
  });
});

describe('adam', () => {
  it('starts with a step of the learning rate, whatever the scale of the gradient', () => {
    const rule = builtinOptimizers.get('adam');
    const spec = rule.schema.parse({ name: 'adam' }) as OptimizerSpec;
    const moved = tidy(() => {
      const { parameters } = updateParameters(rule, spec, {
        parameters: { w: tensorFrom(Float32Array.of(0, 0, 0), [3]) },
        gradients: { w: tensorFrom(Float32Array.of(1e-3, -1, 1e4), [3]) },
        slots: {
          'gradient-sum/w': tensorFrom(new Float32Array(3), [3]),
          'square-sum/w': tensorFrom(new Float32Array(3), [3]),
        },
        scalars: rule.scalars(spec, 1, RATE).map(scalar),
      });
      return [...read(parameters.w!)];
    });
    [-RATE, RATE, -RATE].forEach((step, index) => expect(moved[index]! / step).toBeCloseTo(1, 3));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinMetrics } from '../../src/metrics/registry.js';
import { arbitraryInput, FORMULA_INPUTS, FORMULA_WEIGHTS, repeated } from './cases.js';

const cases = builtinMetrics.members.flatMap((metric) =>
  metric.targets.map((kind) => ({ metric, kind, name: `${metric.name} (${kind})` })),
);

describe.each(cases)('$name', ({ metric, kind }) => {
  it('counts a sample of weight k as k samples', () => {
    fc.assert(
      fc.property(
        arbitraryInput(kind).chain((input) =>
          fc.tuple(
            fc.constant(input),
            fc.array(fc.integer({ min: 0, max: 3 }), { minLength: input.size, maxLength: input.size }),
          ),
        ),
        ([input, multiplicity]) => {
          const weighted = metric.prepare(input)(Float64Array.from(multiplicity));
          const expected = metric.prepare(repeated(input, multiplicity))();
          if (Number.isNaN(expected)) expect(weighted).toBeNaN();
          else expect(weighted).toBeCloseTo(expected, 10);
        },
      ),
    );
  });

  it('does not change when all weights are scaled or the samples are reordered', () => {
    const input = FORMULA_INPUTS[kind];
    const score = metric.prepare(input)(FORMULA_WEIGHTS);
    expect(metric.prepare(input)(FORMULA_WEIGHTS.map((weight) => weight * 7.5))).toBeCloseTo(score, 12);
    const flip = (values: Float32Array): Float32Array =>
      Float32Array.from(values, (_, entry) => {
        const row = input.size - 1 - Math.floor(entry / input.outputs);
        return values[row * input.outputs + (entry % input.outputs)]!;
      });
    const flipped = { ...input, prediction: flip(input.prediction), target: flip(input.target) };
    expect(metric.prepare(flipped)(FORMULA_WEIGHTS.toReversed())).toBeCloseTo(score, 12);
  });

  it('is the same with weights of 1 as without, call after call', () => {
    const score = metric.prepare(FORMULA_INPUTS[kind]);
    const first = score();
    expect(Number.isFinite(first)).toBe(true);
    score(FORMULA_WEIGHTS);
    expect(score(new Float64Array(FORMULA_INPUTS[kind].size).fill(1))).toBe(first);
    expect(score()).toBe(first);
  });

  it('prefers the truth to its opposite, in its own direction', () => {
    const input = FORMULA_INPUTS[kind];
    const centred = kind === 'regression' ? 0 : 0.5;
    const scale = kind === 'regression' ? 1 : 20;
    const right = Float32Array.from(input.target, (value) => scale * (value - centred));
    const wrong = Float32Array.from(input.target, (value) => -scale * (value - centred));
    const best = metric.prepare({ ...input, prediction: right })();
    const worst = metric.prepare({ ...input, prediction: wrong })();
    if (metric.direction === 'maximize') {
      expect(best).toBeCloseTo(1, 6);
      expect(worst).toBeLessThan(0.6);
    } else {
      expect(best).toBeCloseTo(0, 3);
      expect(worst).toBeGreaterThan(0.3);
    }
  });

  it('gives NaN for a NaN prediction, for no weight at all, and for no samples', () => {
    const input = FORMULA_INPUTS[kind];
    const broken = input.prediction.slice();
    broken[3] = NaN;
    expect(metric.prepare({ ...input, prediction: broken })()).toBeNaN();
    expect(metric.prepare(input)(new Float64Array(input.size))).toBeNaN();
    if (kind === 'multiclass') {
      broken[3] = Infinity;
      expect(metric.prepare({ ...input, prediction: broken })()).toBeNaN();
    }
    const none = { ...input, prediction: new Float32Array(), target: new Float32Array(), size: 0 };
    expect(metric.prepare(none)()).toBeNaN();
  });

  it('refuses lengths that disagree', () => {
    const input = FORMULA_INPUTS[kind];
    expect(() => metric.prepare({ ...input, size: input.size + 1 })).toThrow(RangeError);
    expect(() => metric.prepare(input)(new Float64Array(3))).toThrow(RangeError);
  });
});

describe('metrics of classes', () => {
  const names = ['balanced-accuracy', 'macro-f1', 'auroc', 'average-precision'];
  it.each(names)('%s is NaN where one class only occurs', (name) => {
    const input = FORMULA_INPUTS.binary;
    const score = builtinMetrics.get(name).prepare(input);
    expect(score(Float64Array.from(input.target))).toBeNaN();
    expect(score(Float64Array.from(input.target, (value) => 1 - value))).toBeNaN();
    const many = FORMULA_INPUTS.multiclass;
    const onlyFirst = Float64Array.from({ length: many.size }, (_, row) => many.target[row * many.outputs]!);
    expect(builtinMetrics.get(name).prepare(many)(onlyFirst)).toBeNaN();
  });

  it('agree between a binary head and the same problem as two classes', () => {
    const binary = FORMULA_INPUTS.binary;
    const two = {
      kind: 'multiclass' as const,
      prediction: Float32Array.from([...binary.prediction].flatMap((logit) => [0, logit])),
      target: Float32Array.from([...binary.target].flatMap((value) => [1 - value, value])),
      size: binary.size,
      outputs: 2,
    };
    for (const name of ['accuracy', 'balanced-accuracy', 'macro-f1', 'auroc', 'log-loss']) {
      const metric = builtinMetrics.get(name);
      expect(metric.prepare(two)(FORMULA_WEIGHTS)).toBeCloseTo(metric.prepare(binary)(FORMULA_WEIGHTS), 12);
    }
  });
});

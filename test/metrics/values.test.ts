import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricInput } from '../../src/metrics/metric.js';
import { builtinMetrics } from '../../src/metrics/registry.js';
import { arbitraryInput, binaryInput, FORMULA_INPUTS, FORMULA_WEIGHTS, multiclassInput } from './cases.js';

const score = (name: string, input: MetricInput, weights?: Float64Array): number =>
  builtinMetrics.get(name).prepare(input)(weights);

describe('values of scikit-learn 1.9.1 (calibration: of the definition written in NumPy)', () => {
  // Each pair: without weights, with FORMULA_WEIGHTS.
  const golden: Record<'binary' | 'multiclass' | 'regression', Record<string, [number, number]>> = {
    binary: {
      accuracy: [0.4639175257731959, 0.5069444444444444],
      'balanced-accuracy': [0.4631217838765008, 0.5052447552447552],
      'macro-f1': [0.46248934356351235, 0.5050108932461874],
      auroc: [0.4530445969125214, 0.4985431235431235],
      'average-precision': [0.5202150783946891, 0.5899474136398818],
      'log-loss': [0.9959941593629004, 0.9325652496609974],
      'calibration-error': [0.30597281080680194, 0.31001277322417536],
    },
    multiclass: {
      accuracy: [0.21649484536082475, 0.20833333333333334],
      'balanced-accuracy': [0.21043607660455485, 0.21021825396825397],
      'macro-f1': [0.20332885199906475, 0.19872622870341308],
      auroc: [0.5113733944228213, 0.5009593742033536],
      'average-precision': [0.25661943674749266, 0.2798974614503843],
      'log-loss': [2.0286379166799544, 2.1050162010536217],
      'calibration-error': [0.4369966609995048, 0.42321752186573547],
    },
    regression: {
      mae: [2.13659793814433, 2.0894097222222223],
      rmse: [2.5737197798429103, 2.507865231792437],
    },
  };
  const rows = (['binary', 'multiclass', 'regression'] as const).flatMap((kind) =>
    Object.entries(golden[kind]).map(([name, values]) => ({ kind, name, values })),
  );
  it.each(rows)('$name ($kind)', ({ kind, name, values: [plain, weighted] }) => {
    expect(score(name, FORMULA_INPUTS[kind])).toBeCloseTo(plain, 9);
    expect(score(name, FORMULA_INPUTS[kind], FORMULA_WEIGHTS)).toBeCloseTo(weighted, 9);
  });
  it('covers every metric', () => {
    const covered = rows.map(({ kind, name }) => `${name}/${kind}`).sort();
    const all = builtinMetrics.members.flatMap(({ name, targets }) =>
      targets.map((kind) => `${name}/${kind}`),
    );
    expect(covered).toEqual(all.sort());
  });
});

describe('values worked out by hand', () => {
  // Descending: 3+ | 2− 2+ | 1− | 0+.
  const ranked = binaryInput([3, 2, 2, 1, 0], [1, 0, 1, 0, 1]);
  it('auroc: pairs won 2 + 1.5 + 0 of 3 · 2', () => {
    expect(score('auroc', ranked)).toBeCloseTo(3.5 / 6, 12);
  });
  it('average-precision: 1/3 · 1 + 1/3 · 2/3 + 1/3 · 3/5, the tie being one threshold', () => {
    expect(score('average-precision', ranked)).toBeCloseTo((1 + 2 / 3 + 3 / 5) / 3, 12);
  });
  it('average-precision of constant scores is the share of positives, auroc one half', () => {
    const constant = binaryInput([1, 1, 1, 1], [1, 0, 0, 0]);
    expect(score('average-precision', constant)).toBe(0.25);
    expect(score('auroc', constant)).toBe(0.5);
  });
  it('log-loss stays exact for large logits', () => {
    expect(score('log-loss', binaryInput([1000, -1000], [0, 0]))).toBe(500);
    expect(score('log-loss', binaryInput([-40], [0]))).toBeCloseTo(Math.exp(-40), 30);
    expect(score('log-loss', multiclassInput([[1000, 0, 0]], [1]))).toBe(1000);
    expect(score('log-loss', multiclassInput([[2, 2, 2, 2]], [3]))).toBeCloseTo(Math.log(4), 12);
  });
  it('log-loss of soft targets is the cross-entropy between distributions', () => {
    const soft = { ...binaryInput([Math.log(3)], [0]), target: Float32Array.of(0.25) };
    expect(score('log-loss', soft)).toBeCloseTo(-0.25 * Math.log(0.75) - 0.75 * Math.log(0.25), 6);
  });
  it('log-loss of an infinite logit is 0 where it is right and Infinity where it is wrong', () => {
    expect(score('log-loss', binaryInput([Infinity], [1]))).toBe(0);
    expect(score('log-loss', binaryInput([Infinity], [0]))).toBe(Infinity);
  });
  it('calibration-error: certain and right is 0, one half for all is the distance of the share', () => {
    expect(score('calibration-error', binaryInput([40, -40], [1, 0]))).toBeCloseTo(0, 12);
    expect(score('calibration-error', binaryInput([0, 0, 0, 0], [1, 0, 0, 0]))).toBeCloseTo(0.25, 12);
    // Top label: confidence 1/2 on both, one right of four.
    const even = multiclassInput(
      [
        [5, 5],
        [5, 5],
        [5, 5],
        [5, 5],
      ],
      [1, 1, 1, 0],
    );
    expect(score('calibration-error', even)).toBeCloseTo(0.25, 12);
  });
  it('macro-f1 leaves out a class that neither occurs nor is predicted, counts one that is only predicted', () => {
    const input = multiclassInput(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 1, 0],
      ],
      [0, 1, 0],
    );
    expect(score('macro-f1', input)).toBeCloseTo((2 / 3 + 2 / 3) / 2, 12);
    const extra = multiclassInput(
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      [0, 1, 0],
    );
    expect(score('macro-f1', extra)).toBeCloseTo((2 / 3 + 1 + 0) / 3, 12);
  });
  it('auroc and average-precision tell apart probabilities that underflow', () => {
    const input = multiclassInput(
      [
        [0, 2000],
        [0, 1000],
        [0, 1500],
      ],
      [1, 0, 1],
    );
    expect(score('auroc', input)).toBe(1);
    expect(score('average-precision', input)).toBe(1);
  });
});

describe('auroc and average-precision against brute force', () => {
  it('auroc is the share of pairs won, ties one half', () => {
    fc.assert(
      fc.property(arbitraryInput('binary'), ({ prediction, target, ...rest }) => {
        let won = 0;
        let pairs = 0;
        prediction.forEach((a, i) => {
          prediction.forEach((b, j) => {
            if (target[i] !== 1 || target[j] !== 0) return;
            pairs++;
            won += a > b ? 1 : a === b ? 0.5 : 0;
          });
        });
        const result = score('auroc', { prediction, target, ...rest });
        if (pairs === 0) expect(result).toBeNaN();
        else expect(result).toBeCloseTo(won / pairs, 10);
      }),
    );
  });
  it('average-precision is the mean over positives of the precision at their score', () => {
    fc.assert(
      fc.property(arbitraryInput('binary'), ({ prediction, target, ...rest }) => {
        const precisions: number[] = [];
        prediction.forEach((threshold, i) => {
          if (target[i] !== 1) return;
          const chosen = [...target].filter((_, j) => prediction[j]! >= threshold);
          precisions.push(chosen.filter((value) => value === 1).length / chosen.length);
        });
        const result = score('average-precision', { prediction, target, ...rest });
        if (precisions.length === 0 || precisions.length === target.length) expect(result).toBeNaN();
        else {
          const mean = precisions.reduce((sum, value) => sum + value, 0) / precisions.length;
          expect(result).toBeCloseTo(mean, 10);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtinLosses } from '../../src/losses/registry.js';
import type { TargetKind } from '../../src/problem/head.js';
import { useBackend } from '../../src/tensor/index.js';
import { softmax, sum, type Row, type Theta } from './reference.js';
import { gradientValues, values, type Options } from './support.js';

beforeAll(async () => {
  await useBackend('wasm');
});

/** Loss of one sample; parameters and options that are left out have their defaults. */
function lossOf(
  name: string,
  kind: TargetKind,
  z: Row,
  t: Row,
  given: { theta?: Theta; options?: Options; counts?: Row } = {},
): number {
  return lossesOf(name, kind, [z], [t], given)[0]!;
}

function lossesOf(
  name: string,
  kind: TargetKind,
  z: readonly Row[],
  t: readonly Row[],
  given: { theta?: Theta; options?: Options; counts?: Row } = {},
): number[] {
  const member = memberOf(name, kind, given.options);
  return values(member, { z, t }, thetaWith(name, given.theta), given.counts ?? z[0]!.map(() => 10));
}

function memberOf(name: string, kind: TargetKind, options: Options = {}) {
  const loss = builtinLosses.get(name);
  const defaults = Object.fromEntries(
    (loss.options ?? []).map((option) => [
      option.name,
      'choices' in option ? option.choices[0]! : option.defaults[kind]!,
    ]),
  );
  return { loss, kind, options: { ...defaults, ...options }, title: name };
}

const thetaWith = (name: string, theta: Theta = {}): Theta => ({
  ...Object.fromEntries(
    builtinLosses.get(name).parameters.map((parameter) => [parameter.name, parameter.default]),
  ),
  ...theta,
});

const logit = (p: number): number => Math.log(p / (1 - p));
/** Logits whose softmax is p. */
const logits = (p: Row): Row => p.map((value) => Math.log(value));
const oneHot = (index: number, classes: number): Row =>
  Array.from({ length: classes }, (_, c) => (c === index ? 1 : 0));

function expectClose(actual: number, expected: number, relative = 1e-5): void {
  expect(Math.abs(actual - expected), `${actual}, not ${expected}`).toBeLessThanOrEqual(
    relative * Math.abs(expected) + 1e-7,
  );
}

const anyLogits = fc.array(fc.double({ min: -4, max: 4, noNaN: true }), { minLength: 3, maxLength: 3 });
const anyLabel = fc.integer({ min: 0, max: 2 });
const property = (check: (z: Row, t: Row, y: number) => void): void => {
  fc.assert(
    fc.property(anyLogits, anyLabel, (z, y) => check(z, oneHot(y, 3), y)),
    { numRuns: 25, seed: 7 },
  );
};

describe('losses that become another one', () => {
  const multiclass = (name: string, theta: Theta, z: Row, t: Row, options: Options = {}): number =>
    lossOf(name, 'multiclass', z, t, { theta, options });
  const crossEntropy = (z: Row, t: Row): number => multiclass('cross-entropy', {}, z, t);

  test.each([
    ['focal', { gamma: 0 }, 1],
    ['balanced-focal', { gamma: 0, alpha: 0.5 }, 1],
    ['poly-1', { epsilon: 0 }, 1],
    ['label-smoothing', { epsilon: 0 }, 1],
    ['class-balanced-cross-entropy', { beta: 0 }, 1],
    ['class-weighted-cross-entropy', { weights: [1, 1, 1] }, 1],
    ['class-weighted-cross-entropy', { weights: [3, 3, 3] }, 3],
    ['symmetric-cross-entropy', { alpha: 1.7, beta: 0 }, 1.7],
    ['asymmetric-single-label', { gammaPositive: 0, gammaNegative: 3, smoothing: 0 }, 1],
  ] as [string, Theta, number][])('%s with %j is cross-entropy times %d', (name, theta, factor) => {
    property((z, t) => expectClose(multiclass(name, theta, z, t), factor * crossEntropy(z, t)));
  });

  test.each([
    ['focal', { gamma: 0 }, 1],
    ['balanced-focal', { gamma: 0, alpha: 0.5 }, 0.5],
    ['poly-1', { epsilon: 0 }, 1],
    ['label-smoothing', { epsilon: 0 }, 1],
    ['asymmetric', { gammaPositive: 0, gammaNegative: 0, margin: 0 }, 1],
    ['symmetric-cross-entropy', { alpha: 0.3, beta: 0 }, 0.3],
    ['class-balanced-cross-entropy', { beta: 0 }, 1],
  ] as [string, Theta, number][])(
    '%s with %j is %d times binary cross-entropy, at every logit up to 100',
    (name, theta, factor) => {
      const points = [-100, -30, -3, -0.2, 0, 0.7, 12, 100].map((x): Row => [x]);
      for (const label of [0, 1]) {
        const t = points.map((): Row => [label]);
        const counts = [10, 20];
        const expected = lossesOf('cross-entropy', 'binary', points, t, { counts });
        lossesOf(name, 'binary', points, t, { theta, counts }).forEach((value, n) =>
          expectClose(value, factor * expected[n]!),
        );
      }
    },
  );

  test('α = 1/2 is half the focal loss for two classes, the focal loss for more', () => {
    property((z, t) =>
      expectClose(
        multiclass('balanced-focal', { gamma: 2, alpha: 0.5 }, z, t),
        multiclass('focal', { gamma: 2 }, z, t),
      ),
    );
    const two = lossOf('focal', 'binary', [0.7], [0], { theta: { gamma: 2 } });
    expectClose(lossOf('balanced-focal', 'binary', [0.7], [0], { theta: { gamma: 2, alpha: 0.5 } }), two / 2);
  });

  test('α = 1 weighs classes by inverse frequency, α = 0 by frequency, and equal counts not at all', () => {
    const weight = (alpha: number, y: number, counts: Row): number =>
      lossOf('balanced-focal', 'multiclass', [1, 0, -1], oneHot(y, 3), {
        theta: { gamma: 0, alpha },
        counts,
      }) / lossOf('cross-entropy', 'multiclass', [1, 0, -1], oneHot(y, 3), { counts });
    const counts = [600, 300, 100];
    const inverse = counts.map((n) => 1 / n);
    counts.forEach((n, y) => {
      expectClose(weight(1, y, counts), (3 * inverse[y]!) / sum(inverse));
      expectClose(weight(0, y, counts), (3 * n) / 1000);
      expectClose(weight(0.9, y, [50, 50, 50]), 1);
    });
  });

  test('generalized cross-entropy tends to cross-entropy as q → 0 and is 1 − p at q = 1', () => {
    property((z, t, y) => {
      const expected = crossEntropy(z, t);
      // (1 − e^{−qL})/q = L − qL²/2 + …
      expectClose(
        multiclass('generalized-cross-entropy', { q: 0.001 }, z, t),
        expected - 0.0005 * expected ** 2,
        3e-5,
      );
      expectClose(multiclass('generalized-cross-entropy', { q: 1 }, z, t), 1 - softmax(z)[y]!);
      expectClose(multiclass('mae', {}, z, t), 1 - softmax(z)[y]!);
    });
  });

  test('the gradient of generalized cross-entropy is p_y^q times that of cross-entropy', () => {
    const z = [0.7, -0.3, 0.2];
    const batch = { z: [z], t: [oneHot(1, 3)] };
    const [plain] = gradientValues(memberOf('cross-entropy', 'multiclass'), batch, {}, [1]);
    const [generalized] = gradientValues(
      memberOf('generalized-cross-entropy', 'multiclass'),
      batch,
      { q: 0.7 },
      [1],
    );
    const factor = softmax(z)[1]! ** 0.7;
    generalized!.forEach((value, c) => expectClose(value, factor * plain![c]!));
    [0.1562249, -0.2509801, 0.0947552].forEach((value, c) => expectClose(generalized![c]!, value));
  });

  test('Σ_j ε_j (1−p)^j/j: poly-1 with ε = −1 is cross-entropy without its first power', () => {
    property((z, t, y) =>
      expectClose(
        multiclass('poly-1', { epsilon: -1 }, z, t),
        crossEntropy(z, t) - (1 - softmax(z)[y]!),
        1e-4,
      ),
    );
  });

  test('Huber tends to half the squared error as δ grows, to δ|d| as it falls; Barron to its named limits', () => {
    for (const d of [-3, -0.4, 0.1, 1, 2.5]) {
      const regression = (name: string, theta: Theta): number =>
        lossOf(name, 'regression', [d], [0], { theta });
      const squared = lossOf('mse', 'regression', [d], [0]);
      expectClose(regression('huber', { delta: 1e3 }), squared / 2);
      expectClose(regression('huber', { delta: 1e-3 }) / 1e-3, Math.abs(d), 6e-3);
      expectClose(regression('barron', { alpha: 2, scale: 1 }), squared / 2);
      expectClose(regression('barron', { alpha: 1, scale: 1 }), Math.sqrt(d * d + 1) - 1);
      expectClose(regression('barron', { alpha: 0, scale: 1 }), Math.log1p((d * d) / 2));
      expectClose(regression('barron', { alpha: -2, scale: 1 }), (2 * d * d) / (d * d + 4));
      expectClose(regression('barron', { alpha: -1e6, scale: 1 }), 1 - Math.exp((-d * d) / 2));
      expectClose(regression('barron', { alpha: 0.5, scale: 3 }), regression3(d / 3));
    }
    function regression3(z: number): number {
      return (1.5 / 0.5) * ((z * z) / 1.5 + 1) ** 0.25 - 3;
    }
  });

  test('Barron is continuous in α across 0 and up to 2, and its curvature at 0 is 1/c²', () => {
    const at = (alpha: number, d = 1.3): number =>
      lossOf('barron', 'regression', [d], [0], { theta: { alpha, scale: 1 } });
    for (const step of [1e-7, 1e-4, 1e-3]) {
      expectClose(at(step), at(0), 2 * step + 1e-6);
      expectClose(at(-step), at(0), 2 * step + 1e-6);
    }
    expectClose(at(2 - 1e-5), at(2), 1e-4);
    for (const alpha of [-10, -2, 0, 1, 2]) {
      const gradient = gradientValues(
        memberOf('barron', 'regression'),
        { z: [[1e-3]], t: [[0]] },
        { alpha, scale: 0.5 },
        [1],
      )[0]!;
      expectClose(gradient[0]! / 1e-3, 4, 1e-4);
    }
  });
});

describe('label noise', () => {
  const p: Row = [0.6, 0.3, 0.1];
  const overLabels = (name: string, z: Row, theta: Theta = {}): number =>
    sum([0, 1, 2].map((y) => lossOf(name, 'multiclass', z, oneHot(y, 3), { theta })));

  test('the sum over all labels is constant for MAE and reverse cross-entropy, not for cross-entropy and focal', () => {
    property((z) => {
      expectClose(overLabels('mae', z), 2);
      expectClose(overLabels('symmetric-cross-entropy', z, { alpha: 0, beta: 1, logZero: -4 }), 8);
    });
    for (const name of ['cross-entropy', 'focal']) {
      expect(Math.abs(overLabels(name, logits(p)) - overLabels(name, [0, 0, 0]))).toBeGreaterThan(0.1);
    }
  });

  test('generalized cross-entropy keeps within its bounds', () => {
    for (const q of [0.1, 0.5, 0.7, 1]) {
      property((z) => {
        const total = overLabels('generalized-cross-entropy', z, { q });
        expect(total).toBeGreaterThanOrEqual((3 - 3 ** (1 - q)) / q - 1e-4);
        expect(total).toBeLessThanOrEqual(2 / q + 1e-4);
      });
    }
  });

  test('label smoothing is least at p_y = 1 − ε + ε/C', () => {
    const best = [0.9 + 0.1 / 3, 0.1 / 3, 0.1 / 3];
    const [gradient] = gradientValues(
      memberOf('label-smoothing', 'multiclass'),
      { z: [logits(best)], t: [[1, 0, 0]] },
      { epsilon: 0.1 },
      [1],
    );
    gradient!.forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-6));
  });
});

describe('a logit of 100', () => {
  // Probabilities 1, e^−200 and e^−100: what is left of each formula there.
  const z = [100, -100, 0];
  const asymmetricWrong = 200 + 0.95 ** 4 * -Math.log(0.05);
  test.each<[string, Theta, number, number]>([
    ['cross-entropy', {}, 0, 200],
    ['focal', { gamma: 2 }, 0, 200],
    ['focal', { gamma: 0.5 }, 0, 200],
    ['balanced-focal', { gamma: 2, alpha: 0.5 }, 0, 200],
    ['class-weighted-cross-entropy', { weights: [2, 3, 4] }, 0, 600],
    ['asymmetric', { gammaPositive: 0, gammaNegative: 4, margin: 0.05 }, 0, asymmetricWrong],
    ['poly-1', { epsilon: 2 }, 0, 202],
    ['generalized-cross-entropy', { q: 0.7 }, 0, 1 / 0.7],
    ['symmetric-cross-entropy', { alpha: 0.1, beta: 1, logZero: -4 }, 0, 24],
    ['label-smoothing', { epsilon: 0.1 }, 10, 190],
    ['mae', {}, 0, 1],
    ['mse', {}, 0, 2],
  ])(
    '%s %j: %d for the class that is sure and right, %d for one that is sure and wrong',
    (name, theta, right, wrong) => {
      expectClose(lossOf(name, 'multiclass', z, [1, 0, 0], { theta }), right);
      expectClose(lossOf(name, 'multiclass', z, [0, 1, 0], { theta }), wrong);
    },
  );
});

describe('golden numbers', () => {
  test.each<[string, TargetKind, Row, Row, Theta, number]>([
    ['focal', 'binary', [logit(0.9)], [1], { gamma: 2 }, 0.00105360516],
    ['focal', 'binary', [logit(0.968)], [1], { gamma: 2 }, -Math.log(0.968) / 976.5625],
    ['focal', 'multiclass', logits([0.9, 0.06, 0.04]), [1, 0, 0], { gamma: 2 }, 0.00105360516],
    ['asymmetric', 'binary', [1.3], [0], { gammaPositive: 1, gammaNegative: 4, margin: 0.05 }, 0.3902644],
    ['asymmetric', 'binary', [-3], [0], { gammaPositive: 1, gammaNegative: 4, margin: 0.05 }, 0],
    ['asymmetric', 'binary', [1.3], [1], { gammaPositive: 1, gammaNegative: 4, margin: 0.05 }, 0.0516156],
    ['poly-1', 'binary', [logit(0.6)], [1], { epsilon: 2 }, 1.3108256],
    ['poly-1', 'multiclass', logits([0.6, 0.3, 0.1]), [1, 0, 0], { epsilon: 2 }, 1.3108256],
    ['generalized-cross-entropy', 'multiclass', logits([0.3, 0.3, 0.4]), [1, 0, 0], { q: 0.7 }, 0.8135548],
    [
      'symmetric-cross-entropy',
      'multiclass',
      logits([0.3, 0.3, 0.4]),
      [1, 0, 0],
      { alpha: 0, beta: 1, logZero: Math.log(1e-4) },
      6.4472383,
    ],
    ['label-smoothing', 'multiclass', [2, -0.3, -0.3, -0.3], [1, 0, 0, 0], { epsilon: 0.1 }, 0.4354614],
    ['huber', 'regression', [2], [0], { delta: 1 }, 1.5],
    // Smooth-L1 with B = 0.5 is Huber(B)/B.
    ['huber', 'regression', [2], [0], { delta: 0.5 }, 1.75 * 0.5],
    ['log-cosh', 'regression', [1], [0], {}, 0.4337808],
    ['log-cosh', 'regression', [100], [0], {}, 99.3068528],
    ['log-cosh', 'regression', [0], [100], {}, 99.3068528],
    ['barron', 'regression', [1], [0], { alpha: 2, scale: 1 }, 0.5],
    ['barron', 'regression', [1], [0], { alpha: 1, scale: 1 }, 0.4142136],
    ['barron', 'regression', [1], [0], { alpha: 0.5, scale: 1 }, 0.4086581],
    ['barron', 'regression', [1], [0], { alpha: 0, scale: 1 }, 0.4054651],
    ['barron', 'regression', [1], [0], { alpha: -2, scale: 1 }, 0.4],
    ['barron', 'regression', [1], [0], { alpha: -1e6, scale: 1 }, 0.3934693],
    ['barron', 'regression', [3], [0], { alpha: 1, scale: 1 }, 2.1622777],
    ['barron', 'regression', [3], [0], { alpha: -2, scale: 1 }, 1.3846154],
    ['barron', 'regression', [2], [0], { alpha: 1, scale: 1 }, 1.236068],
  ])('%s %s z=%j t=%j %j is %d', (name, kind, z, t, theta, expected) => {
    expectClose(lossOf(name, kind, z, t, { theta }), expected);
  });

  test.each<[string, Row, Row, Theta, Row]>([
    ['focal', [0.7], [1], { gamma: 2 }, [-0.0958547]],
    ['focal', [0.7], [0], { gamma: 2 }, [0.6251939]],
    ['focal', [-1.2], [1], { gamma: 0.5 }, [-0.822199]],
    ['focal', [0.7, -0.3, 0.2], [0, 1, 0], { gamma: 2 }, [0.5933676, -0.9532633, 0.3598957]],
    ['cross-entropy', [0.7, -0.3, 0.2], [0, 1, 0], {}, [0.5064804, -0.8136763, 0.3071959]],
  ])('gradient of %s at z=%j t=%j %j is %j', (name, z, t, theta, expected) => {
    const member = memberOf(name, z.length === 1 ? 'binary' : 'multiclass');
    const [gradient] = gradientValues(member, { z: [z], t: [t] }, theta, [1]);
    gradient!.forEach((value, c) => expectClose(value, expected[c]!));
  });

  test('class-balanced weights of 5000, 500 and 50 samples at β = 0.999', () => {
    const z = [0.3, -0.2, 0.5];
    [0.1256289, 0.3170168, 2.5573543].forEach((expected, y) => {
      const given = { theta: { beta: 0.999 }, counts: [5000, 500, 50] };
      const weighted = lossOf('class-balanced-cross-entropy', 'multiclass', z, oneHot(y, 3), given);
      expectClose(weighted / lossOf('cross-entropy', 'multiclass', z, oneHot(y, 3)), expected, 2e-5);
    });
  });

  test('class-balanced weights tend to inverse frequencies as β → 1, and a class without samples stays finite', () => {
    const z = [0.3, -0.2, 0.5];
    const inverse = [1 / 400, 1 / 100, 1 / 25];
    inverse.forEach((value, y) => {
      const given = { theta: { beta: 0.999999 }, counts: [400, 100, 25] };
      const weighted = lossOf('class-balanced-cross-entropy', 'multiclass', z, oneHot(y, 3), given);
      const plain = lossOf('cross-entropy', 'multiclass', z, oneHot(y, 3));
      expectClose(weighted / plain, (3 * value) / sum(inverse), 1e-3);
    });
    const empty = lossOf('class-balanced-cross-entropy', 'multiclass', z, oneHot(2, 3), {
      counts: [400, 100, 0],
    });
    expect(Number.isFinite(empty)).toBe(true);
  });

  test('a negative whose probability is within the margin costs exactly nothing', () => {
    const points = [-100, -20, -5, -3, -2.95].map((x): Row => [x]);
    const losses = lossesOf(
      'asymmetric',
      'binary',
      points,
      points.map((): Row => [0]),
      {
        theta: { gammaNegative: 0, margin: 0.05 },
      },
    );
    expect(losses).toEqual([0, 0, 0, 0, 0]);
  });

  test('with a margin the cost of a sure and wrong negative is −log m, however sure', () => {
    for (const x of [30, 50, 100]) {
      const theta = { gammaNegative: 0, margin: 0.05 };
      expectClose(lossOf('asymmetric', 'binary', [x], [0], { theta }), -Math.log(0.05));
    }
  });

  test('stopWeightGradient keeps the value and changes only the gradient by the prediction', () => {
    const batch = { z: [[0.8], [-0.5]], t: [[1], [0]] };
    const theta = { gammaPositive: 1.5, gammaNegative: 2, margin: 0.02 };
    const free = memberOf('asymmetric', 'binary', { stopWeightGradient: false });
    const stopped = memberOf('asymmetric', 'binary', { stopWeightGradient: true });
    expect(values(stopped, batch, theta, [1, 1])).toEqual(values(free, batch, theta, [1, 1]));
    const [byFree, ...parametersFree] = gradientValues(free, batch, theta, [1, 1]);
    const [byStopped, ...parametersStopped] = gradientValues(stopped, batch, theta, [1, 1]);
    expect(byStopped).not.toEqual(byFree);
    // γ₊ and γ₋ act through the weights alone.
    expect(parametersStopped.slice(0, 2)).toEqual(parametersFree.slice(0, 2));
  });
});

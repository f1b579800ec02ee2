import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate, LossSpec, TaskWeightingSpec } from '../../src/candidate/candidate.js';
import { UserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import type { Loss, LossInputs } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { liveTensors, ops, useBackend, type Tensor } from '../../src/tensor/index.js';
import { probeCandidate } from '../../src/trial/probe-candidate.js';
import type { ProbeOutcome } from '../../src/trial/trial.js';
import {
  COUNTS,
  crossEntropyTerms,
  customLoss,
  DEVIATIONS,
  HEADS,
  KINDS,
  PLAIN,
  probe,
} from './probe-support.js';

beforeAll(() => useBackend('wasm'));

const reasonOf = (outcome: ProbeOutcome): string =>
  outcome.state === 'rejected' ? outcome.reason : outcome.state;

const errorTerms = (terms: (error: Tensor) => Tensor) => (inputs: { prediction: Tensor; target: Tensor }) =>
  terms(ops.sub(inputs.prediction, inputs.target));

describe.each(KINDS)('losses of the registry on a %s head', (kind) => {
  const serving = builtinLosses.members.filter((loss) => loss.perSample[kind] !== undefined);

  it('exist', () => expect(serving).not.toEqual([]));

  it.each(
    serving.flatMap(({ name, textbook }) =>
      [{}, ...(textbook ?? [])].map((parameters) => [name, parameters] as const),
    ),
  )('%s %j passes', (name, parameters) => {
    expect(probe(kind, { loss: { name, parameters } })).toEqual({
      state: 'accepted',
      signature: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    });
  });

  const withOptions = serving.flatMap(({ name, textbookOptions }) =>
    (textbookOptions?.[kind] ?? []).map((options) => [name, options] as const),
  );
  it.runIf(withOptions.length > 0)('pass with their textbook options', () => {
    for (const [name, options] of withOptions) {
      expect(probe(kind, { loss: { name, options } }).state, JSON.stringify(options)).toBe('accepted');
    }
  });
});

describe('losses that do not give one value per sample', () => {
  type Terms = (inputs: LossInputs) => Tensor;
  const wrong: readonly (readonly [string, Terms, RegExp])[] = [
    ['scalar', (inputs) => ops.sum(crossEntropyTerms(inputs)), /found shape \[\]/],
    [
      'column',
      (inputs) => ops.sum(crossEntropyTerms(inputs), -1, true),
      /found shape \[(\d+), 1\], expected \[\1\]/,
    ],
    ['per-output', (inputs) => crossEntropyTerms(inputs), /found shape \[(\d+), \d\], expected \[\1\]/],
    [
      'square',
      (inputs) => {
        const column = ops.sum(crossEntropyTerms(inputs), -1, true);
        return ops.add(column, ops.transpose(column, [1, 0]));
      },
      /found shape \[(\d+), \1\], expected \[\1\]/,
    ],
    [
      'twice',
      (inputs) => {
        const values = ops.sum(crossEntropyTerms(inputs), -1);
        return ops.concat([values, values], 0);
      },
      /found shape \[\d+\], expected \[\d+\]/,
    ],
  ];
  it.each(wrong)('%s', (name, perSample, shapes) => {
    const loss: Loss = {
      ...{ name, summary: name, parameters: [], source: 'test' },
      perSample: { binary: perSample, multiclass: perSample, regression: perSample },
    };
    const losses = builtinLosses.with([loss]);
    const mixture = {
      name: 'weighted-sum',
      terms: [{ loss: { name: 'cross-entropy' } }, { loss: { name } }],
    } as const;
    for (const kind of ['binary', 'multiclass'] as const) {
      for (const spec of [{ name }, mixture]) {
        const outcome = probe(kind, { loss: spec }, { losses });
        expect(outcome).toMatchObject({ state: 'rejected', reason: 'wrong-shape' });
        expect(outcome.state === 'rejected' && outcome.detail).toMatch(shapes);
      }
    }
    expect(liveTensors()).toBe(0);
  });
});

describe('losses that cannot train', () => {
  const bad = [
    customLoss('minus-cross-entropy', (inputs) => ops.neg(crossEntropyTerms(inputs))),
    customLoss('constant', ({ prediction }) => ops.onesLike(prediction)),
    customLoss('ignores-target', ({ prediction }) => ops.square(prediction)),
    // Flat wherever cross-entropy is above 0.3, as at uniform output.
    customLoss('clipped-flat', (inputs) => ops.minimum(crossEntropyTerms(inputs), 0.3)),
    customLoss('always-clipped', (inputs) => ops.minimum(crossEntropyTerms(inputs), -1)),
    customLoss('sum-of-probabilities', ({ prediction }) => ops.softmax(prediction)),
    customLoss('naive-log', ({ prediction, target }) =>
      ops.neg(
        ops.add(
          ops.mul(target, ops.log(ops.sigmoid(prediction))),
          ops.mul(ops.sub(1, target), ops.log(ops.sub(1, ops.sigmoid(prediction)))),
        ),
      ),
    ),
    customLoss(
      'root',
      errorTerms((error) => ops.sqrt(error)),
    ),
    customLoss(
      'minus-squared-error',
      errorTerms((error) => ops.neg(ops.square(error))),
    ),
    customLoss(
      'rounded',
      errorTerms((error) => ops.sign(error)),
    ),
  ];
  const losses = builtinLosses.with(bad);

  it.each([
    ['minus-cross-entropy', 'binary', 'wrong-direction'],
    ['minus-cross-entropy', 'multiclass', 'wrong-direction'],
    ['minus-squared-error', 'regression', 'wrong-direction'],
    ['constant', 'binary', 'no-gradient'],
    ['constant', 'multiclass', 'no-gradient'],
    ['constant', 'regression', 'no-gradient'],
    ['clipped-flat', 'binary', 'no-gradient'],
    ['clipped-flat', 'multiclass', 'no-gradient'],
    ['always-clipped', 'multiclass', 'no-gradient'],
    ['sum-of-probabilities', 'multiclass', 'no-gradient'],
    ['rounded', 'regression', 'no-gradient'],
    ['naive-log', 'binary', 'not-finite'],
    ['root', 'regression', 'not-finite'],
  ] as const)('%s on %s: %s', (name, kind, reason) => {
    const outcome = probe(kind, { loss: { name } }, { losses });
    expect(reasonOf(outcome)).toBe(reason);
    expect(outcome).toHaveProperty('detail', expect.stringMatching(/^.+$/));
  });

  it('a weighted sum in which the bad part weighs more', () => {
    const sum = (good: number, evil: number): Candidate => ({
      loss: {
        name: 'weighted-sum',
        terms: [
          { weight: good, loss: { name: 'cross-entropy' } },
          { weight: evil, loss: { name: 'minus-cross-entropy' } },
        ],
      },
    });
    expect(reasonOf(probe('multiclass', sum(2, 1), { losses }))).toBe('accepted');
    expect(reasonOf(probe('multiclass', sum(1, 2), { losses }))).toBe('wrong-direction');
    expect(reasonOf(probe('multiclass', sum(0, 0), { losses }))).toBe('no-gradient');
  });

  it('a loss that trains at some progress only passes', () => {
    const scheduled = (from: number, to: number): Candidate => ({
      loss: {
        name: 'weighted-sum',
        terms: [{ weight: { schedule: 'linear', from, to }, loss: { name: 'cross-entropy' } }],
      },
    });
    expect(reasonOf(probe('binary', scheduled(0, 1)))).toBe('accepted');
    expect(reasonOf(probe('binary', scheduled(1, 0)))).toBe('accepted');
    expect(reasonOf(probe('binary', scheduled(0, 0)))).toBe('no-gradient');
  });
});

describe('the direction of a Taylor loss', () => {
  // TaylorGLO, third order, with its trainability condition at uniform output of a C-way softmax.
  const bracket = (t: readonly number[], classes: number): number => {
    const chy = 2 * t[6]!;
    const cy = t[5]! - 2 * t[1]! * t[6]! - 2 * t[7]! * t[0]!;
    return cy + t[7]! + chy / classes;
  };
  const taylor = (t: readonly number[]) =>
    customLoss('taylor', ({ prediction, target }) => {
      const y = ops.sub(ops.softmax(prediction), t[1]!);
      const x = ops.sub(target, t[0]!);
      const terms = [
        ops.mul(y, t[2]!),
        ops.mul(ops.square(y), t[3]!),
        ops.mul(ops.mul(ops.square(y), y), t[4]!),
        ops.mul(ops.mul(x, y), t[5]!),
        ops.mul(ops.mul(x, ops.square(y)), t[6]!),
        ops.mul(ops.mul(ops.square(x), y), t[7]!),
      ];
      return ops.neg(terms.reduce((sum, term) => ops.add(sum, term)));
    });
  const outcomeOf = (t: readonly number[]): string =>
    reasonOf(probe('multiclass', { loss: { name: 'taylor' } }, { losses: builtinLosses.with([taylor(t)]) }));

  it('is judged as by its published condition, on random vectors', () => {
    const random = stream('test', 'taylor');
    const seen = { accepted: 0, 'wrong-direction': 0 };
    for (let draw = 0; draw < 60; draw++) {
      const t = Array.from({ length: 8 }, () => 1.2 * random.normal());
      const gain = bracket(t, 4);
      // The probe looks near, not at, uniform output: leave out what is too close to call.
      if (Math.abs(gain) < 0.5) continue;
      const expected = gain > 0 ? 'accepted' : 'wrong-direction';
      expect(outcomeOf(t)).toBe(expected);
      seen[expected]++;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10);
  });

  it('accepts the expansion of x log y, which the released check would reject', () => {
    expect(outcomeOf([0.5, 0.5, 1, -1, 4 / 3, 2, -2, 0])).toBe('accepted');
  });
});

describe('several heads', () => {
  const heads = [HEADS.multiclass, HEADS.regression];
  const bad = customLoss(
    'minus-squared-error',
    errorTerms((error) => ops.neg(ops.square(error))),
  );
  const multiTask = (weighting: TaskWeightingSpec, value: LossSpec = { name: 'huber' }): ProbeOutcome =>
    probeCandidate({
      candidate: { loss: { name: 'multi-task', heads: { class: { name: 'focal' }, value }, weighting } },
      heads,
      classCounts: COUNTS.multiclass,
      targetDeviations: DEVIATIONS,
      losses: builtinLosses.with([bad]),
      schedules: builtinSchedules,
      plainLoss: PLAIN,
    });

  it('pass with every weighting', () => {
    expect(multiTask({ name: 'fixed', weights: { class: 1, value: 0.5 } }).state).toBe('accepted');
    expect(multiTask({ name: 'uncertainty' }).state).toBe('accepted');
    expect(multiTask({ name: 'dynamic-weight-average' }).state).toBe('accepted');
  });

  it('pass with a head that has no weight, but not without any', () => {
    expect(multiTask({ name: 'fixed', weights: { class: 1, value: 0 } }).state).toBe('accepted');
    expect(reasonOf(multiTask({ name: 'fixed', weights: { class: 0, value: 0 } }))).toBe('no-gradient');
  });

  it('fail when one head trains backwards, and say which', () => {
    const outcome = multiTask({ name: 'uncertainty' }, { name: 'minus-squared-error' });
    expect(reasonOf(outcome)).toBe('wrong-direction');
    expect(outcome).toHaveProperty('detail', expect.stringContaining('head value'));
  });

  it('tell apart what trains apart', () => {
    const outcomes = [
      multiTask({ name: 'fixed', weights: { class: 1, value: 1 } }),
      multiTask({ name: 'fixed', weights: { class: 1, value: 0.5 } }),
      multiTask({ name: 'uncertainty' }),
      multiTask({ name: 'dynamic-weight-average' }),
      multiTask({ name: 'dynamic-weight-average', temperature: 5 }),
    ];
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(outcomes.length);
    // A common factor on all heads is a learning rate.
    expect(multiTask({ name: 'fixed', weights: { class: 3, value: 1.5 } })).toEqual(outcomes[1]);
  });
});

describe('the probe', () => {
  const candidate: Candidate = {
    loss: { name: 'focal', parameters: { gamma: { schedule: 'linear', from: 0, to: 2 } } },
  };

  it('is pure and leaves no tensor behind, whatever the outcome', () => {
    const losses = builtinLosses.with([
      customLoss('constant', ({ prediction }) => ops.onesLike(prediction)),
      customLoss(
        'root',
        errorTerms((error) => ops.sqrt(error)),
      ),
      customLoss('throws', () => {
        throw new Error('broken');
      }),
    ]);
    const before = liveTensors();
    const first = probe('multiclass', candidate);
    expect(probe('multiclass', { loss: { name: 'constant' } }, { losses }).state).toBe('rejected');
    expect(probe('regression', { loss: { name: 'root' } }, { losses }).state).toBe('rejected');
    expect(() => probe('regression', { loss: { name: 'throws' } }, { losses })).toThrow('broken');
    expect(probe('multiclass', candidate)).toEqual(first);
    expect(liveTensors()).toBe(before);
  });

  it('refuses what cannot be built with the path in the candidate', () => {
    const bad = (): unknown =>
      probe('binary', { loss: { name: 'focal', parameters: { gamma: { schedule: 'linear', from: 0 } } } });
    expect(bad).toThrow(UserError);
    expect(bad).toThrow(expect.objectContaining({ code: 'candidate' }));
  });

  it('rejects a schedule that is not finite between the looks', () => {
    const wave = {
      ...builtinSchedules.get('linear'),
      name: 'wave',
      compile: () => (progress: number) => (progress === 0.25 ? NaN : 1),
    };
    const outcome = probeCandidate({
      candidate: { loss: { name: 'focal', parameters: { gamma: { schedule: 'wave', from: 0, to: 1 } } } },
      heads: [HEADS.binary],
      classCounts: COUNTS.binary,
      targetDeviations: {},
      losses: builtinLosses,
      schedules: builtinSchedules.with([wave]),
      plainLoss: PLAIN,
    });
    expect(reasonOf(outcome)).toBe('not-finite');
  });
});

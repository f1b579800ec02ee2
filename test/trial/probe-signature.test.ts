import { beforeAll, describe, expect, it } from 'vitest';
import type { Candidate, CurriculumSpec, LossSpec } from '../../src/candidate/candidate.js';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import type { LossInputs } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { ops, useBackend } from '../../src/tensor/index.js';
import { crossEntropyTerms, customLoss, probe, signatureOf } from './probe-support.js';

beforeAll(() => useBackend('wasm'));

/** Cross-entropy that is steeper where it is below a limit, and without a jump there. */
const steeperBelow = (limit: number) => (inputs: LossInputs) => {
  const terms = crossEntropyTerms(inputs);
  return ops.sub(terms, ops.relu(ops.sub(limit, terms)));
};
const losses = builtinLosses.with([
  customLoss('shifted', (inputs) => ops.add(crossEntropyTerms(inputs), 1)),
  // From p = 0.982 on: just beyond the margins of ordinary size.
  customLoss('steeper-when-sure', steeperBelow(0.018)),
  // −log p of one label only (terms of a binary head are both in one number).
  customLoss('flat-when-wrong', (inputs) => ops.minimum(crossEntropyTerms(inputs), 4.5)),
]);

const loss = (name: string, parameters: Readonly<Record<string, ParameterSpec>> = {}): Candidate => ({
  loss: { name, parameters },
});
const weighted = (...terms: readonly [ParameterSpec, LossSpec & { terms?: never }][]): Candidate => ({
  loss: { name: 'weighted-sum', terms: terms.map(([weight, term]) => ({ weight, loss: term })) },
});
const times = (weight: ParameterSpec): Candidate => weighted([weight, { name: 'cross-entropy' }]);
const ramp = (schedule: string, from: number, to: number): ParameterSpec => ({ schedule, from, to });
const focal = (gamma: ParameterSpec): Candidate => loss('focal', { gamma });

const PLAIN_LOSS = loss('cross-entropy');
const SELF_PACED: CurriculumSpec = {
  kind: 'self-paced',
  weights: 'linear',
  direction: 'down',
  threshold: 0.9,
};

describe.each(['binary', 'multiclass'] as const)('on a %s head', (kind) => {
  const signature = (candidate: Candidate, normalised = true): string =>
    signatureOf(probe(kind, candidate, { losses, normalised }));

  it.each<[string, Candidate, Candidate]>([
    ['focal with γ = 0 and cross-entropy', focal(0), PLAIN_LOSS],
    ['ε = 0 label smoothing and cross-entropy', loss('label-smoothing', { epsilon: 0 }), PLAIN_LOSS],
    ['poly-1 with ε = 0 and cross-entropy', loss('poly-1', { epsilon: 0 }), PLAIN_LOSS],
    ['3.7 times cross-entropy and cross-entropy', times(3.7), PLAIN_LOSS],
    ['1e-6 times cross-entropy and cross-entropy', times(1e-6), PLAIN_LOSS],
    ['cross-entropy plus 1 and cross-entropy', loss('shifted'), PLAIN_LOSS],
    ['balanced focal with α = ½ and focal', loss('balanced-focal', { alpha: 0.5, gamma: 2 }), focal(2)],
    ['equal class weights and none', loss('class-weighted-cross-entropy', { weights: 2 }), PLAIN_LOSS],
    ['a schedule that does not move and its number', focal(ramp('linear', 2, 2)), focal(2)],
    ['a parameter at its default and left out', focal(2), loss('focal')],
    [
      'terms in another order',
      weighted([1, { name: 'cross-entropy' }], [2, { name: 'dice' }]),
      weighted([2, { name: 'dice' }], [1, { name: 'cross-entropy' }]),
    ],
    ['multiples of a schedule', times(ramp('linear', 1, 2)), times(ramp('linear', 3, 6))],
    [
      'one half twice and one whole',
      weighted([0.5, { name: 'cross-entropy' }], [0.5, { name: 'cross-entropy' }]),
      PLAIN_LOSS,
    ],
  ])('%s share a signature', (_, a, b) => {
    expect(signature(a)).toBe(signature(b));
  });

  it.each<[string, Candidate, Candidate]>([
    ['focal with γ = 2 and γ = 2.5', focal(2), focal(2.5)],
    ['focal with γ = 2 and γ = 2.1', focal(2), focal(2.1)],
    ['focal and cross-entropy', focal(2), PLAIN_LOSS],
    // One class: they differ by a factor that changes with the batch.
    [
      'Tversky and focal Tversky',
      loss('tversky', { fp: 0.3, fn: 0.7 }),
      loss('focal-tversky', { fp: 0.3, fn: 0.7, gamma: 0.75 }),
    ],
    ['a weight that grows and one that does not', times(ramp('linear', 1, 2)), times(1)],
    ['a weight that doubles and one that trebles', times(ramp('linear', 1, 2)), times(ramp('linear', 1, 3))],
    // Equal at the beginning, the middle and the end.
    ['linear and cosine', focal(ramp('linear', 0, 2)), focal(ramp('cosine', 0, 2))],
    [
      'steps at other times',
      focal({ schedule: 'step', values: [0, 2], at: [0.7] }),
      focal({ schedule: 'step', values: [0, 2], at: [0.73] }),
    ],
    ['a schedule and its reverse', focal(ramp('linear', 0, 2)), focal(ramp('linear', 2, 0))],
    ['driven by progress and by state', focal(ramp('linear', 0, 2)), focal(ramp('plateau', 0, 2))],
    [
      'plateaus of other patience',
      focal({ schedule: 'plateau', from: 0, to: 2, patience: 2 }),
      focal({ schedule: 'plateau', from: 0, to: 2, patience: 3 }),
    ],
    ['learning rates', { ...PLAIN_LOSS, learningRate: 0.1 }, { ...PLAIN_LOSS, learningRate: 0.2 }],
    ['a learning rate and the one of the task', { ...PLAIN_LOSS, learningRate: 0.1 }, PLAIN_LOSS],
    ['with and without a curriculum', { ...PLAIN_LOSS, curriculum: SELF_PACED }, PLAIN_LOSS],
    [
      'curricula',
      { ...PLAIN_LOSS, curriculum: SELF_PACED },
      { ...PLAIN_LOSS, curriculum: { ...SELF_PACED, direction: 'up' } },
    ],
    // Equal gradients, but self-paced weights look at the values.
    [
      'self-paced losses that differ by a constant',
      { ...loss('shifted'), curriculum: SELF_PACED },
      { ...PLAIN_LOSS, curriculum: SELF_PACED },
    ],
    ['a loss that is another for p above 0.98 only', loss('steeper-when-sure'), PLAIN_LOSS],
    ['a loss that ignores what the model finds impossible', loss('flat-when-wrong'), PLAIN_LOSS],
    [
      'options of a loss that act over the batch',
      { loss: { name: 'dice', options: { over: 'batch' } } },
      { loss: { name: 'dice', options: { over: 'sample' } } },
    ],
  ])('%s differ', (_, a, b) => {
    expect(signature(a)).not.toBe(signature(b));
  });

  it('a self-paced loss and a multiple of it share a signature', () => {
    expect(signature({ ...times(4), curriculum: SELF_PACED })).toBe(
      signature({ ...PLAIN_LOSS, curriculum: SELF_PACED }),
    );
  });

  it('scale counts where the trainer does not take it out', () => {
    expect(signature(times(3.7), false)).not.toBe(signature(PLAIN_LOSS, false));
    expect(signature(focal(0), false)).toBe(signature(PLAIN_LOSS, false));
  });

  it('sees the weight of every class', () => {
    const classes = kind === 'binary' ? 2 : 4;
    const signatures = Array.from({ length: classes }, (_, heavy) =>
      signature(
        loss('class-weighted-cross-entropy', {
          weights: Array.from({ length: classes }, (_, index) => (index === heavy ? 2 : 1)),
        }),
      ),
    );
    expect(new Set([...signatures, signature(PLAIN_LOSS)]).size).toBe(classes + 1);
  });

  it('finds multiples of a loss for any factor: rounding does not tell them apart', () => {
    const factors = Array.from({ length: 40 }, (_, index) => 0.013 * 1.37 ** index);
    expect(new Set(factors.map((factor) => signature(times(factor))))).toEqual(
      new Set([signature(PLAIN_LOSS)]),
    );
  });

  it('tells a fine grid of γ apart', () => {
    const grid = Array.from({ length: 26 }, (_, index) => index / 5);
    expect(new Set(grid.map((gamma) => signature(focal(gamma)))).size).toBe(grid.length);
  });
});

describe('on a regression head', () => {
  const signature = (
    candidate: Candidate,
    deviations: readonly number[] = [1, 1],
    normalised = true,
  ): string =>
    signatureOf(
      probe('regression', candidate, { losses, normalised, targetDeviations: { value: deviations } }),
    );
  const huber = (delta: number): Candidate => loss('huber', { delta });

  it('finds the known identities', () => {
    expect(signature(loss('barron', { alpha: 2, scale: 3 }))).toBe(signature(loss('mse')));
    expect(signature(huber(5000))).toBe(signature(loss('mse')));
  });

  it('tells the others apart', () => {
    const all = [
      loss('mse'),
      loss('mae'),
      ...[0.5, 1, 4.5, 5, 6, 8, 10, 100, 500].map(huber),
      loss('log-cosh'),
      loss('barron', { alpha: 1 }),
      loss('barron', { alpha: 0 }),
    ];
    expect(new Set(all.map((candidate) => signature(candidate))).size).toBe(all.length);
  });

  it('sees the unit of the target', () => {
    expect(signature(huber(5), [1, 1])).not.toBe(signature(huber(5), [2, 2]));
    expect(signature(huber(5), [1, 1])).not.toBe(signature(huber(5), [1, 2]));
    const small = [1.1e-3, 1.3e-3, 2e-3, 4e-3].map((delta) => signature(huber(delta), [1e-3, 1e-3]));
    expect(new Set(small).size).toBe(small.length);
    const large = [100, 200, 400, 1e4].map((delta) => signature(huber(delta), [200, 200]));
    expect(new Set([...large, signature(loss('mse'), [200, 200])]).size).toBe(large.length + 1);
  });

  it('takes 1 for the unit of targets that are all equal', () => {
    expect(signature(huber(5), [0, 0])).toBe(signature(huber(5), [1, 1]));
  });

  it.each([1e-3, 1, 200])('finds multiples of a loss for any factor, with a deviation of %d', (deviation) => {
    const factors = Array.from({ length: 40 }, (_, index) => 0.013 * 1.37 ** index);
    const base = [
      { name: 'mse' },
      { name: 'huber', parameters: { delta: 5 } },
      { name: 'barron', parameters: { alpha: -2 } },
      { name: 'barron', parameters: { alpha: 1, scale: 0.3 } },
    ];
    for (const one of base) {
      const signatures = factors.map((factor) => signature(weighted([factor, one]), [deviation, deviation]));
      expect(new Set(signatures)).toEqual(new Set([signature({ loss: one }, [deviation, deviation])]));
    }
  });

  it('is not lost where a loss overflows: that is for training to find', () => {
    // The square of 1000 deviations has no float32 number.
    expect(signature(loss('mse'), [1e20, 1e20])).toBe(signature(huber(1e30), [1e20, 1e20]));
    expect(signature(loss('mse'), [1e20, 1e20])).not.toBe(signature(huber(1), [1e20, 1e20]));
  });
});

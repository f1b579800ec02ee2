import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { drawBeta, drawGamma } from '../../src/search/beta.js';
import { indexOfLargest } from '../../src/search/bandit.js';
import { exp3PlusPlus, exp3PlusPlusProbabilities } from '../../src/search/exp3-plus-plus.js';
import { exp3, exp3Probabilities } from '../../src/search/exp3.js';
import { indexByShare, softmax, type WeighedArm } from '../../src/search/exponential-weights.js';
import { bernoulliDivergence, klUcb, klUpperBound } from '../../src/search/kl-ucb.js';
import { random } from '../../src/search/random.js';
import { compareRank } from '../../src/search/ranking.js';
import { rankRewards, sharesBeaten } from '../../src/search/rewards.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import { thompson } from '../../src/search/thompson.js';
import { ucb1 } from '../../src/search/ucb1.js';
import { ucbV } from '../../src/search/ucb-v.js';
import { observation } from './support/observation.js';
import { runSearch } from './support/run.js';
import { testSpace } from './support/space.js';

const ARMS = [0.2, 0.3, 0.4, 0.5, 0.8];
const space = testSpace([
  { name: 'x', kind: 'float', low: 0, high: 1 },
  { name: 'arm', kind: 'categorical', choices: ARMS },
]);

/**
 * Pseudo-regret Σ (best mean − mean of the arm) of runs on Bernoulli arms, mean over five seeds, after each half. A
 * success has value 0, a failure 1.
 */
function meanRegret(sampler: AnySampler): { readonly half: number; readonly whole: number } {
  const losses = Array.from({ length: 5 }, (_, seed) => {
    const coins = stream('coins', seed);
    return runSearch({
      sampler,
      space,
      seed: `${seed}`,
      trials: 800,
      waveSize: 10,
      objective: ({ arm }) => (coins.uniform() < (arm as number) ? 0 : 1),
      ...(sampler.name === 'random' ? {} : { options: { inner: 'random' } }),
    }).map(({ assignment }) => 0.8 - (assignment['arm'] as number));
  });
  const until = (end: number): number =>
    losses.flatMap((run) => run.slice(0, end)).reduce((sum, one) => sum + one, 0) / losses.length;
  return { half: until(400), whole: until(800) };
}

const chance = meanRegret(random).whole;

const pulled = (run: readonly { readonly assignment: Observation['assignment'] }[]): unknown[] =>
  run.map(({ assignment }) => assignment['arm']);

/** Each policy; its regret as a share of that of chance, and its growth in the second half as a share of the first. */
describe.each([
  ['ucb1', ucb1 as AnySampler, 0.3, 0.6],
  ['kl-ucb', klUcb as AnySampler, 0.12, 0.5],
  ['ucb-v', ucbV as AnySampler, 0.5, 0.6],
  ['thompson', thompson as AnySampler, 0.12, 0.5],
  ['exp3', exp3 as AnySampler, 0.75, 0.75],
  ['exp3-plus-plus', exp3PlusPlus as AnySampler, 0.75, 0.85],
])('%s', (_name, sampler, share, growth) => {
  it('pulls each arm once first, in order, also within one wave', () => {
    for (const waveSize of [1, 2, 5, 9]) {
      const run = runSearch({ sampler, space, seed: 's', trials: 9, waveSize, objective: () => 1 });
      expect(pulled(run.slice(0, 5))).toEqual(ARMS);
    }
  });

  it('has a regret on Bernoulli arms that grows ever slower, far below that of chance', () => {
    const { half, whole } = meanRegret(sampler);
    expect(chance).toBeGreaterThan(265);
    expect(whole).toBeLessThan(share * chance);
    expect(whole - half).toBeLessThan(growth * half);
  });

  it('takes the arm that is named', () => {
    const two = testSpace([
      { name: 'first', kind: 'categorical', choices: ['a', 'b'] },
      { name: 'second', kind: 'categorical', choices: ['p', 'q', 'r'] },
      { name: 'third', kind: 'categorical', choices: [1, 2], when: [{ entry: 'first', oneOf: ['a'] }] },
    ]);
    const names = (arm: string | undefined, entry: string): unknown[] =>
      runSearch({
        sampler,
        space: two,
        seed: 's',
        trials: 3,
        objective: () => 1,
        options: arm === undefined ? {} : { arm },
      }).map(({ assignment }) => assignment[entry]);
    expect(names('second', 'second')).toEqual(['p', 'q', 'r']);
    expect(names(undefined, 'first').slice(0, 2)).toEqual(['a', 'b']);
    const check = (arm: string): void => sampler.check(two, sampler.schema.parse({ arm }) as never);
    expect(() => check('third')).toThrow(
      expect.objectContaining({ code: 'unsupported', found: '"third", which has a condition' }) as Error,
    );
    expect(() => check('secnd')).toThrow(/did you mean "second"/);
    expect(() => sampler.check(space, sampler.schema.parse({ arm: 'x' }) as never)).toThrow(
      expect.objectContaining({ code: 'unsupported', found: 'the float entry "x"' }) as Error,
    );
  });

  it('refines the best point of the arm half of the time, or not at all', () => {
    const objective = ({ x, arm }: Observation['assignment']): number =>
      arm === 0.8 ? Math.abs((x as number) - 0.3) : 5;
    const near = (inner: string): number =>
      runSearch({
        sampler,
        space,
        seed: 's',
        trials: 120,
        waveSize: 4,
        objective,
        options: { inner },
      }).filter(
        ({ assignment }) => assignment['arm'] === 0.8 && Math.abs((assignment['x'] as number) - 0.3) < 0.15,
      ).length;
    expect(near('refine')).toBeGreaterThan(1.3 * near('random'));
  });
});

describe('ucb1', () => {
  it('pulls the arm of the largest mean + √(2 ln t / N)', () => {
    // Rewards by rank: arm a 1, arm b 0 and 0.5; t = 3: a 1 + √(2 ln 3), b 0.25 + √(ln 3).
    const arms = testSpace([{ name: 'arm', kind: 'categorical', choices: ['a', 'b'] }]);
    const history: Observation[] = [
      observation(0, 1, { assignment: { arm: 'a' } }),
      observation(1, 3, { assignment: { arm: 'b' } }),
      observation(2, 2, { assignment: { arm: 'b' }, wave: 1 }),
    ];
    const options = ucb1.schema.parse({});
    const next = ucb1.propose({
      options,
      space: arms,
      seed: 's',
      history,
      wave: 2,
      firstTrial: 3,
      count: 20,
    });
    const means = [1, 0.25];
    const counts = [1, 2];
    const expected = next.map(() => {
      const total = counts[0]! + counts[1]!;
      const bounds = means.map((mean, arm) => mean + Math.sqrt((2 * Math.log(total)) / counts[arm]!));
      const arm = bounds[0]! >= bounds[1]! ? 0 : 1;
      counts[arm]!++;
      return ['a', 'b'][arm];
    });
    expect(pulled(next.map((assignment) => ({ assignment })))).toEqual(expected);
    expect(new Set(expected).size).toBe(2);
  });
});

const oneArm = fc.double({ min: 0, max: 1, noNaN: true });

describe('kl-ucb', () => {
  it('has the bound of the divergence: kl(mean, q) is what was allowed, and q is no smaller than the mean', () => {
    fc.assert(
      fc.property(oneArm, fc.double({ min: 1e-6, max: 20, noNaN: true }), (mean, allowed) => {
        const bound = klUpperBound(mean, allowed);
        expect(bound).toBeGreaterThanOrEqual(mean);
        expect(bound).toBeLessThanOrEqual(1);
        expect(bernoulliDivergence(mean, bound)).toBeLessThanOrEqual(allowed);
        const next = Math.min(1, bound + 2e-12);
        if (next < 1) expect(bernoulliDivergence(mean, next)).toBeGreaterThan(allowed);
        // Pinsker: never looser than the bound of Hoeffding.
        expect(bound).toBeLessThanOrEqual(mean + Math.sqrt(allowed / 2) + 1e-12);
      }),
    );
    // kl(0, q) = −ln(1 − q).
    for (const allowed of [0.01, 0.5, 3]) {
      expect(klUpperBound(0, allowed)).toBeCloseTo(1 - Math.exp(-allowed), 11);
    }
    expect(klUpperBound(1, 0.3)).toBe(1);
    expect(klUpperBound(0.4, 0)).toBeCloseTo(0.4, 7);
    expect(bernoulliDivergence(0.5, 0.25)).toBeCloseTo(0.5 * Math.log(4 / 3), 14);
    expect(bernoulliDivergence(0.5, 1)).toBe(Infinity);
    expect(bernoulliDivergence(1, 1)).toBe(0);
  });
});

describe('on arms that differ little', () => {
  const rare = testSpace([{ name: 'arm', kind: 'categorical', choices: [0.1, 0.05, 0.02, 0.01] }]);
  const regrets = (sampler: AnySampler): number[] =>
    Array.from({ length: 8 }, (_, seed) => {
      const coins = stream('rare', seed);
      return runSearch({
        sampler,
        space: rare,
        seed: `${seed}`,
        trials: 800,
        waveSize: 8,
        objective: ({ arm }) => (coins.uniform() < (arm as number) ? 0 : 1),
      }).reduce((sum, { assignment }) => sum + 0.1 - (assignment['arm'] as number), 0);
    });
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;

  it('kl-ucb and thompson lose far less than ucb1', () => {
    const classic = Math.min(...regrets(ucb1));
    expect(mean(regrets(klUcb))).toBeLessThan(0.7 * classic);
    expect(mean(regrets(thompson))).toBeLessThan(0.8 * classic);
  });
});

describe('ucb-v', () => {
  it('pulls the arm of the largest mean + √(2 V ζ ln t / N) + 3 c ζ ln t / N', () => {
    const arms = testSpace([{ name: 'arm', kind: 'categorical', choices: ['a', 'b'] }]);
    // Rewards by rank: a 1, 0.5 and 0.75, b 0 and 0.25.
    const history = [
      ['a', 1],
      ['b', 5],
      ['a', 3],
      ['b', 4],
      ['a', 2],
    ].map(([arm, value], trial) => observation(trial, value as number, { assignment: { arm: arm! } }));
    for (const [exploration, correction] of [
      [1.2, 1],
      [0.3, 0.1],
      [2, 0],
    ] as const) {
      const next = ucbV.propose({
        options: ucbV.schema.parse({ exploration, correction }),
        space: arms,
        seed: 's',
        history,
        wave: 1,
        firstTrial: 5,
        count: 40,
      });
      const means = [0.75, 0.125];
      const variances = [0.125 / 3, 1 / 64];
      const counts = [3, 2];
      const expected = next.map(() => {
        const bounds = means.map((one, arm) => {
          const spread = (exploration * Math.log(counts[0]! + counts[1]!)) / counts[arm]!;
          return one + Math.sqrt(2 * variances[arm]! * spread) + 3 * correction * spread;
        });
        const arm = bounds[0]! >= bounds[1]! ? 0 : 1;
        counts[arm]!++;
        return ['a', 'b'][arm];
      });
      expect(pulled(next.map((assignment) => ({ assignment })))).toEqual(expected);
    }
  });
});

describe('exponential weights', () => {
  const weighed = fc.record({
    pulls: fc.integer({ min: 1, max: 500 }),
    share: oneArm,
    weightedRewards: fc.double({ min: 0, max: 1e5, noNaN: true }),
    weightedLosses: fc.double({ min: 0, max: 1e5, noNaN: true }),
  });
  const arms = fc
    .array(weighed, { minLength: 1, maxLength: 6 })
    .map((list) => list.map(({ share, ...rest }): WeighedArm => ({ ...rest, rewards: share * rest.pulls })));

  it('are probabilities, none of them 0, whatever was told', () => {
    fc.assert(
      fc.property(arms, fc.integer({ min: 1, max: 10_000 }), (told, round) => {
        for (const shares of [
          exp3Probabilities(told, round),
          exp3PlusPlusProbabilities(told, round + 1, { alpha: 3, beta: 256 }),
        ]) {
          expect(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1)).toBeLessThan(1e-12);
          expect(shares.every((share) => share > 0)).toBe(true);
        }
      }),
    );
  });

  it('of exp3 are those of its weights, multiplied round by round', () => {
    const draws = fc.array(fc.tuple(fc.nat(2), oneArm), { maxLength: 60 });
    fc.assert(
      fc.property(draws, fc.integer({ min: 50, max: 1000 }), (rounds, horizon) => {
        const gamma = Math.min(1, Math.sqrt((3 * Math.log(3)) / ((Math.E - 1) * horizon)));
        const weights = [1, 1, 1];
        const sums = [0, 0, 0];
        const probabilities = (): number[] => {
          const total = weights.reduce((sum, weight) => sum + weight, 0);
          return weights.map((weight) => ((1 - gamma) * weight) / total + gamma / 3);
        };
        for (const [arm, reward] of rounds) {
          const estimate = reward / probabilities()[arm]!;
          weights[arm]! *= Math.exp((gamma * estimate) / 3);
          sums[arm]! += estimate;
        }
        const told = sums.map((weightedRewards) => ({
          pulls: 1,
          rewards: 0,
          weightedRewards,
          weightedLosses: 0,
        }));
        const expected = probabilities();
        exp3Probabilities(told, horizon).forEach((share, arm) =>
          expect(share).toBeCloseTo(expected[arm]!, 10),
        );
      }),
    );
  });

  it('of exp3-plus-plus are those of the paper', () => {
    // Computed from equations of the paper apart from this code.
    const told = [
      { pulls: 300, rewards: 270, weightedRewards: 0, weightedLosses: 31.5 },
      { pulls: 100, rewards: 20, weightedRewards: 0, weightedLosses: 240.25 },
      { pulls: 50, rewards: 25, weightedRewards: 0, weightedLosses: 80 },
    ];
    const expectShares = (beta: number, expected: readonly number[]): void =>
      exp3PlusPlusProbabilities(told, 451, { alpha: 3, beta }).forEach((share, arm) =>
        expect(share).toBeCloseTo(expected[arm]!, 12),
      );
    expectShares(256, [0.6309743746146114, 0.04575524176955743, 0.3232703836158312]);
    expectShares(0.01, [0.6381418794883348, 0.03499632136313631, 0.3268617991485288]);
    const fresh = { pulls: 0, rewards: 0, weightedRewards: 0, weightedLosses: 0 };
    expect(exp3PlusPlusProbabilities([...told, fresh], 451, { alpha: 3, beta: 256 })).toEqual([
      0.25, 0.25, 0.25, 0.25,
    ]);
  });

  it('draw arms as often as they say', () => {
    const two = testSpace([{ name: 'arm', kind: 'categorical', choices: ['a', 'b'] }]);
    // Shares beaten when told: wave 0: a 1, b 0, first pulls; wave 1: b ahead of one of three, a behind all.
    const history = [
      observation(0, 1, { assignment: { arm: 'a' } }),
      observation(1, 2, { assignment: { arm: 'b' } }),
      observation(2, 1.5, { assignment: { arm: 'b' }, wave: 1 }),
      observation(3, 3, { assignment: { arm: 'a' }, wave: 1 }),
    ];
    const count = 4000;
    for (const horizon of [undefined, 40]) {
      const options = exp3.schema.parse(horizon === undefined ? {} : { horizon });
      const gammaAt = (round: number): number =>
        Math.min(1, Math.sqrt((2 * Math.log(2)) / ((Math.E - 1) * (horizon ?? round))));
      const shareOfA = (a: number, b: number, round: number): number => {
        const gamma = gammaAt(round);
        const [wa, wb] = [Math.exp((gamma / 2) * a), Math.exp((gamma / 2) * b)];
        return ((1 - gamma) * wa) / (wa + wb) + gamma / 2;
      };
      const first = shareOfA(1, 0, 3);
      const expected = shareOfA(1, 2 / 3 / (1 - first), 5);
      const proposals = exp3.propose({
        options,
        space: two,
        seed: 's',
        history,
        wave: 2,
        firstTrial: 4,
        count,
      });
      const share = proposals.filter(({ arm }) => arm === 'a').length / count;
      const deviation = Math.sqrt((expected * (1 - expected)) / count);
      expect(Math.abs(share - expected)).toBeLessThan(4 * deviation);
    }
  });

  it('sum without overflow, and pick by share', () => {
    expect(softmax([1e4, 1e4 + Math.log(3)]).map((share) => Math.round(share * 1e9) / 1e9)).toEqual([
      0.25, 0.75,
    ]);
    expect([0, 0.249, 0.25, 0.9999].map((at) => indexByShare([0.25, 0, 0.75], at))).toEqual([0, 0, 2, 2]);
    expect(indexByShare([0.5, 0.4], 0.95)).toBe(1);
  });
});

describe('shares beaten', () => {
  const values = fc.array(fc.constantFrom(0, 1, 2, 3, Infinity), { minLength: 2, maxLength: 20 });

  it('are counted pair by pair, ties by half, and are the rank rewards where no values tie', () => {
    fc.assert(
      fc.property(values, fc.nat(), (list, cut) => {
        const told = list.map((value, trial) => observation(trial, value));
        const from = cut % list.length;
        const expected = told.slice(from).map((one) => {
          if (one.value === Infinity) return 0;
          const others = told.filter((other) => other !== one).map((other) => compareRank(one, other));
          const ahead = others.reduce((sum, order) => sum + (order < 0 ? 1 : order > 0 ? 0 : 0.5), 0);
          return ahead / others.length;
        });
        expect(sharesBeaten(told, from)).toEqual(expected);
      }),
    );
    const distinct = [4, 1, 3, 0, 2].map((value, trial) => observation(trial, value));
    expect(sharesBeaten(distinct, 0)).toEqual(rankRewards(distinct));
    expect(sharesBeaten(distinct.slice(0, 1), 0)).toEqual([0.5]);
  });
});

describe('beta draws', () => {
  it.each([
    [1, 1],
    [2, 5],
    [30, 4],
  ])('have the mean and variance of Beta(%i, %i)', (a, b) => {
    const source = stream('beta', a, b);
    const draws = Array.from({ length: 20_000 }, () => drawBeta(a, b, source));
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    const trueVariance = (a * b) / ((a + b) ** 2 * (a + b + 1));
    expect(Math.abs(mean - a / (a + b))).toBeLessThan(5 * Math.sqrt(trueVariance / draws.length));
    expect(variance / trueVariance).toBeGreaterThan(0.95);
    expect(variance / trueVariance).toBeLessThan(1.05);
    expect(draws.every((value) => value > 0 && value < 1)).toBe(true);
  });

  it('need a shape of at least 1', () => {
    expect(() => drawGamma(0.5, stream('g'))).toThrow(RangeError);
  });

  it('break ties by index', () => {
    expect(indexOfLargest([1, 3, 3, 2])).toBe(1);
    expect(indexOfLargest([0])).toBe(0);
  });
});

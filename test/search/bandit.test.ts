import { describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { drawBeta, drawGamma } from '../../src/search/beta.js';
import { indexOfLargest } from '../../src/search/bandit.js';
import { random } from '../../src/search/random.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import { thompson } from '../../src/search/thompson.js';
import { ucb1 } from '../../src/search/ucb1.js';
import { observation } from './support/observation.js';
import { runSearch } from './support/run.js';
import { testSpace } from './support/space.js';

const ARMS = [0.2, 0.3, 0.4, 0.5, 0.8];
const space = testSpace([
  { name: 'x', kind: 'float', low: 0, high: 1 },
  { name: 'arm', kind: 'categorical', choices: ARMS },
]);

/** Pseudo-regret Σ (best mean − mean of the arm) of a run on Bernoulli arms. A success has value 0, a failure 1. */
function regret(sampler: AnySampler, seed: string, trials: number): number {
  const coins = stream('coins', seed);
  const run = runSearch({
    sampler,
    space,
    seed,
    trials,
    waveSize: 10,
    objective: ({ arm }) => (coins.uniform() < (arm as number) ? 0 : 1),
    ...(sampler.name === 'random' ? {} : { options: { inner: 'random' } }),
  });
  return run.reduce((sum, { assignment }) => sum + 0.8 - (assignment['arm'] as number), 0);
}

const meanRegret = (sampler: AnySampler, trials: number): number =>
  Array.from({ length: 5 }, (_, seed) => regret(sampler, `${seed}`, trials)).reduce(
    (sum, one) => sum + one,
    0,
  ) / 5;

const pulled = (run: readonly { readonly assignment: Observation['assignment'] }[]): unknown[] =>
  run.map(({ assignment }) => assignment['arm']);

describe.each([
  ['ucb1', ucb1 as AnySampler],
  ['thompson', thompson as AnySampler],
])('%s', (name, sampler) => {
  it('pulls each arm once first, in order, also within one wave', () => {
    for (const waveSize of [1, 2, 5, 9]) {
      const run = runSearch({ sampler, space, seed: 's', trials: 9, waveSize, objective: () => 1 });
      expect(pulled(run.slice(0, 5))).toEqual(ARMS);
    }
  });

  it('has a regret on Bernoulli arms that grows ever slower, far below that of chance', () => {
    const half = meanRegret(sampler, 400);
    const whole = meanRegret(sampler, 800);
    const chance = meanRegret(random, 800);
    expect(chance).toBeGreaterThan(265);
    expect(whole).toBeLessThan(name === 'thompson' ? 0.15 * chance : 0.45 * chance);
    expect(whole - half).toBeLessThan(0.75 * half);
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

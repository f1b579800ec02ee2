import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.js';
import { bracketCost } from '../../src/fidelity/bracket-cost.js';
import { halvings, integerPower } from '../../src/fidelity/halving.js';
import { hyperband } from '../../src/fidelity/hyperband.js';
import type { Bracket } from '../../src/fidelity/policy.js';
import { builtinFidelityPolicies } from '../../src/fidelity/registry.js';
import { shrinkBracket } from '../../src/fidelity/shrink-bracket.js';
import { successiveHalving } from '../../src/fidelity/successive-halving.js';
import { survivors } from '../../src/fidelity/survivors.js';

const trialsOf = ({ rungs }: Bracket): number[] => rungs.map(({ trials }) => trials);
const fidelitiesOf = ({ rungs }: Bracket): number[] => rungs.map(({ fidelity }) => fidelity);

const hyperbandBrackets = (full: number, eta: number): Bracket[] => {
  const options = hyperband.schema.parse({ eta });
  return Array.from({ length: halvings(full, 1, eta) + 1 }, (_, index) =>
    hyperband.bracket({ options, index, full, waveSize: 8 }),
  );
};

describe.each(builtinFidelityPolicies.members.map((policy) => [policy.name, policy] as const))(
  '%s',
  (name, policy) => {
    const options: unknown = policy.schema.parse({});

    it('has a name, a summary, a source, and strict options with defaults', () => {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(policy.summary).not.toBe('');
      expect(policy.source).not.toBe('');
      expect(policy.schema.safeParse({ noSuchOption: 1 }).success).toBe(false);
    });

    it('makes brackets that cut trials and raise fidelity up to the whole training', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 3000 }),
          fc.nat(40),
          fc.integer({ min: 1, max: 64 }),
          (full, index, waveSize) => {
            const bracket = policy.bracket({ options: options as never, index, full, waveSize });
            const trials = trialsOf(bracket);
            const fidelities = fidelitiesOf(bracket);
            expect([...trials, ...fidelities].every((value) => Number.isInteger(value) && value >= 1)).toBe(
              true,
            );
            expect(fidelities.at(-1)).toBe(full);
            for (let rung = 1; rung < trials.length; rung++) {
              if (policy.goesOn === undefined) expect(trials[rung]).toBeLessThan(trials[rung - 1]!);
              else expect(trials[rung]).toBe(trials[rung - 1]);
              expect(fidelities[rung]).toBeGreaterThan(fidelities[rung - 1]!);
            }
          },
        ),
      );
    });
  },
);

describe('full', () => {
  it('trains one wave to the end', () => {
    const bracket = builtinFidelityPolicies
      .get('full')
      .bracket({ options: {} as never, index: 3, full: 10, waveSize: 7 });
    expect(bracket).toEqual({ rungs: [{ trials: 7, fidelity: 10 }] });
  });
});

describe('hyperband', () => {
  // Recomputed independently from Li et al., algorithm 1.
  it.each([
    [9, 3, [[9, 3, 1], [5, 1], [3]], 22, 78],
    [16, 4, [[16, 4, 1], [6, 1], [3]], 31, 136],
    [27, 3, [[27, 9, 3, 1], [12, 4, 1], [6, 2], [4]], 69, 423],
    [81, 3, [[81, 27, 9, 3, 1], [34, 11, 3, 1], [15, 5, 1], [8, 2], [5]], 206, 1902],
    [
      243,
      3,
      [[243, 81, 27, 9, 3, 1], [98, 32, 10, 3, 1], [41, 13, 4, 1], [18, 6, 2], [9, 3], [6]],
      611,
      8457,
    ],
  ])('R = %i, eta = %i', (full, eta, expected, runs, units) => {
    const brackets = hyperbandBrackets(full, eta);
    expect(brackets.map(trialsOf)).toEqual(expected);
    const costs = brackets.map(bracketCost);
    expect(costs.reduce((sum, cost) => sum + cost.runs, 0)).toBe(runs);
    expect(costs.reduce((sum, cost) => sum + cost.unitsWithoutCheckpoints, 0)).toBe(units);
    brackets.forEach((bracket, index) => {
      const rungs = expected[index]!.length;
      expect(fidelitiesOf(bracket)).toEqual(
        Array.from({ length: rungs }, (_, rung) => full / eta ** (rungs - 1 - rung)),
      );
    });
  });

  it('cycles', () => {
    const options = hyperband.schema.parse({});
    const at = (index: number): Bracket => hyperband.bracket({ options, index, full: 27, waveSize: 8 });
    expect([4, 5, 6, 7].map((index) => trialsOf(at(index)))).toEqual(
      [0, 1, 2, 3].map((index) => trialsOf(at(index))),
    );
  });

  it('starts at the minimum fidelity', () => {
    const options = hyperband.schema.parse({ minimum: 2, eta: 2 });
    expect(fidelitiesOf(hyperband.bracket({ options, index: 0, full: 20, waveSize: 8 }))).toEqual([
      2, 5, 10, 20,
    ]);
  });
});

describe('number of cuts', () => {
  it('is exact where a logarithm is off by one', () => {
    for (const [eta, power] of [
      [3, 5],
      [3, 10],
      [9, 5],
      [10, 3],
      [10, 6],
      [10, 9],
    ] as const) {
      const full = integerPower(eta, power);
      expect(halvings(full, 1, eta)).toBe(power);
      expect(halvings(full - 1, 1, eta)).toBe(power - 1);
    }
    expect(integerPower(7, 0)).toBe(1);
    expect(integerPower(10, 9)).toBe(1_000_000_000);
  });

  it('is a user error where the minimum is more than the whole', () => {
    for (const policy of [hyperband, successiveHalving]) {
      const options = policy.schema.parse({ minimum: 11 }) as never;
      const attempt = (): unknown => policy.bracket({ options, index: 0, full: 10, waveSize: 8 });
      expect(attempt).toThrow(UserError);
      expect(attempt).toThrow(expect.objectContaining({ code: 'unsupported', found: 'minimum 11' }) as Error);
    }
  });
});

describe('successive halving', () => {
  const bracket = (options: object, full: number): Bracket =>
    successiveHalving.bracket({
      options: successiveHalving.schema.parse(options),
      index: 5,
      full,
      waveSize: 8,
    });

  it('has eta^cuts trials, or as many as told', () => {
    expect(bracket({}, 27)).toEqual({
      rungs: [
        { trials: 27, fidelity: 1 },
        { trials: 9, fidelity: 3 },
        { trials: 3, fidelity: 9 },
        { trials: 1, fidelity: 27 },
      ],
    });
    expect(trialsOf(bracket({ trials: 40 }, 9))).toEqual([40, 13, 4]);
    expect(trialsOf(bracket({ eta: 2, minimum: 3 }, 12))).toEqual([4, 2, 1]);
  });

  it('leaves out rungs that would cut nobody', () => {
    expect(bracket({ trials: 5 }, 27)).toEqual({
      rungs: [
        { trials: 5, fidelity: 1 },
        { trials: 1, fidelity: 27 },
      ],
    });
    expect(bracket({ trials: 1 }, 27)).toEqual({ rungs: [{ trials: 1, fidelity: 27 }] });
  });

  it('rounds fidelities down to whole evaluations', () => {
    expect(fidelitiesOf(bracket({}, 10))).toEqual([1, 3, 10]);
  });
});

describe('shrinkBracket', () => {
  const whole = hyperbandBrackets(81, 3)[0]!;

  it('scales every rung, at least to 1, and merges rungs that cut nobody', () => {
    expect(trialsOf(shrinkBracket(whole, 40))).toEqual([40, 13, 4, 1]);
    expect(fidelitiesOf(shrinkBracket(whole, 40))).toEqual([1, 3, 9, 81]);
    expect(shrinkBracket(whole, 2)).toEqual({
      rungs: [
        { trials: 2, fidelity: 1 },
        { trials: 1, fidelity: 81 },
      ],
    });
    expect(shrinkBracket(whole, 1)).toEqual({ rungs: [{ trials: 1, fidelity: 81 }] });
  });

  it('leaves a bracket that fits as it is', () => {
    expect(shrinkBracket(whole, 81)).toBe(whole);
    expect(shrinkBracket(whole, 500)).toBe(whole);
    expect(() => shrinkBracket(whole, 0)).toThrow(RangeError);
    expect(() => shrinkBracket(whole, 1.5)).toThrow(RangeError);
  });

  it('always ends in the whole training and never costs more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(4), (trials, index) => {
        const bracket = hyperbandBrackets(81, 3)[index]!;
        const shrunk = shrinkBracket(bracket, trials);
        expect(shrunk.rungs[0]!.trials).toBe(Math.min(trials, bracket.rungs[0]!.trials));
        expect(shrunk.rungs.at(-1)!.fidelity).toBe(81);
        const [before, after] = [bracketCost(bracket), bracketCost(shrunk)];
        expect(after.units).toBeLessThanOrEqual(before.units);
        expect(after.runs).toBeLessThanOrEqual(before.runs);
      }),
    );
  });
});

describe('bracketCost', () => {
  it('counts trials, runs, and training with and without checkpoints', () => {
    const bracket: Bracket = {
      rungs: [
        { trials: 9, fidelity: 1 },
        { trials: 3, fidelity: 3 },
        { trials: 1, fidelity: 9 },
      ],
    };
    // 9·1 + 3·2 + 1·6 and 9·1 + 3·3 + 1·9.
    expect(bracketCost(bracket)).toEqual({ trials: 9, runs: 13, units: 21, unitsWithoutCheckpoints: 27 });
  });
});

describe('survivors', () => {
  it('are the smallest values, best first, ties by trial number', () => {
    const results = [
      { trial: 4, value: 2 },
      { trial: 1, value: 3 },
      { trial: 7, value: 1 },
      { trial: 3, value: 2 },
    ];
    expect(survivors(results, 3)).toEqual([7, 3, 4]);
    expect(survivors(results, 9)).toEqual([7, 3, 4, 1]);
    expect(survivors(results, 0)).toEqual([]);
  });

  it('never include a failed trial', () => {
    const results = [NaN, Infinity, -Infinity, 5].map((value, trial) => ({ trial, value }));
    expect(survivors(results, 3)).toEqual([3]);
    expect(survivors(results.slice(0, 3), 2)).toEqual([]);
  });

  it('do not depend on the order of the results, and leave them as they are', () => {
    const results = fc.uniqueArray(
      fc.record({ trial: fc.nat(50), value: fc.constantFrom(1, 2, 3, NaN, Infinity) }),
      { selector: ({ trial }) => trial },
    );
    fc.assert(
      fc.property(results, fc.nat(10), (list, count) => {
        const frozen = Object.freeze([...list]);
        const chosen = survivors(frozen, count);
        expect(survivors([...list].reverse(), count)).toEqual(chosen);
        const finite = list.filter(({ value }) => Number.isFinite(value));
        expect(chosen).toHaveLength(Math.min(count, finite.length));
        const worst = Math.max(...chosen.map((trial) => list.find((one) => one.trial === trial)!.value));
        const left = finite.filter(({ trial }) => !chosen.includes(trial));
        if (chosen.length > 0) expect(left.every(({ value }) => value >= worst)).toBe(true);
      }),
    );
  });
});

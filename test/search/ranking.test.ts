import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byNumber } from '../../src/core/order.js';
import { survivors } from '../../src/fidelity/survivors.js';
import { assignmentKey, sameAssignment } from '../../src/search/assignments.js';
import { compareRank, isFailure, ranked, standings, totalViolation } from '../../src/search/ranking.js';
import { rankRewards } from '../../src/search/rewards.js';
import type { Observation } from '../../src/search/sampler.js';
import { groupByWave } from '../../src/search/waves.js';
import { observation } from './support/observation.js';

const value = fc.constantFrom(-1, 0, 1, 2.5);

/** Trials of one wave each with learning curves of any length; some failed. */
const observations = fc
  .array(fc.tuple(fc.array(value, { minLength: 1, maxLength: 3 }), fc.constantFrom(true, true, false)), {
    maxLength: 12,
  })
  .map((trials) =>
    trials.map(([curve, sound], trial) =>
      observation(trial, sound ? curve.at(-1)! : Infinity, { curve, wave: trial }),
    ),
  );

/**
 * One bracket as a policy runs it: `curves` up to the last evaluation; after each rung, given by its fidelity, the
 * better part goes on.
 */
function runBracket(
  curves: readonly (readonly number[])[],
  rungs: readonly number[],
  wave = 0,
): Observation[] {
  let running = curves.map((_, trial) => trial);
  const reached = curves.map(() => 0);
  for (const fidelity of rungs) {
    running.forEach((trial) => (reached[trial] = fidelity));
    const results = running.map((trial) => ({ trial, value: curves[trial]![fidelity - 1]! }));
    running = survivors(results, Math.floor(running.length / 2));
  }
  return curves.map((curve, trial) =>
    observation(trial, curve[reached[trial]! - 1]!, { curve: curve.slice(0, reached[trial]), wave }),
  );
}

const curvesOf = (count: number, length: number): fc.Arbitrary<number[][]> =>
  fc.array(fc.array(value, { minLength: length, maxLength: length }), {
    minLength: count,
    maxLength: count,
  });

/** The definition of a standing: every pair, one by one. */
const pairwiseStandings = (list: readonly Observation[]): number[] =>
  list.map((one, index) =>
    list.reduce((score, other, place) => {
      if (place === index) return score;
      const order = compareRank(one, other);
      return score + (order < 0 ? 1 : order > 0 ? 0 : 0.5);
    }, 0),
  );

/** Curves with holes, infinities and no evaluation at all, of trials that failed and of trials that did not. */
const anyCurves = (least: number, most: number, longest = 4): fc.Arbitrary<Observation[]> =>
  fc
    .array(
      fc.tuple(
        fc.array(fc.constantFrom(-0, 0, 1, 2, NaN, Infinity, -Infinity), { maxLength: longest, size: 'max' }),
        fc.nat(3),
      ),
      { minLength: least, maxLength: most },
    )
    .map((trials) =>
      trials.map(([curve, sound], trial) =>
        observation(trial, sound > 0 ? (curve.at(-1) ?? 0) : NaN, {
          curve,
          // Some miss a constraint, by one of two distances.
          ...(sound > 0 || trial % 3 === 0 ? {} : { violations: [trial % 3] }),
        }),
      ),
    );

const trialsOf = (list: readonly Observation[]): number[] => list.map(({ trial }) => trial);

describe('ranking', () => {
  it('goes by failure, value at the common fidelity, fidelity, trial', () => {
    const list = [
      observation(0, Infinity, { curve: [0, 0] }),
      observation(1, 4),
      observation(2, 9, { curve: [3, 9] }),
      observation(3, 2, { curve: [3, 2] }),
      observation(4, 2, { curve: [3, 2] }),
      observation(5, 3),
      observation(6, Infinity, { curve: [] }),
    ];
    expect(trialsOf(ranked(list))).toEqual([3, 4, 2, 5, 1, 0, 6]);
    expect(trialsOf(list)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('is by value alone where all trained equally long', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(value, fc.constant(Infinity)), { maxLength: 12 }), (values) => {
        const list = values.map((one, trial) => observation(trial, one, { curve: [5, one], wave: trial }));
        const expected = [...list].sort((a, b) => byNumber(a.value, b.value) || a.trial - b.trial);
        expect(ranked(list)).toEqual(expected);
      }),
    );
  });

  it('is by fidelity, then value, within a bracket', () => {
    fc.assert(
      fc.property(curvesOf(8, 4), (curves) => {
        const list = runBracket(curves, [1, 2, 4]);
        const expected = [...list].sort(
          (a, b) => b.curve.length - a.curve.length || byNumber(a.value, b.value) || a.trial - b.trial,
        );
        expect(ranked(list)).toEqual(expected);
      }),
    );
  });

  it('never puts a trial that is worse all the way before one of another bracket for having trained longer', () => {
    fc.assert(
      fc.property(
        curvesOf(4, 4),
        curvesOf(4, 4),
        fc.constantFrom([4], [2, 4], [1, 4]),
        (good, bad, rungs) => {
          const stopped = runBracket(good, [1, 2, 4]);
          const worse = runBracket(
            bad.map((curve) => curve.map((one) => one + 10)),
            rungs,
            1,
          ).map((one) => ({ ...one, trial: one.trial + 4 }));
          expect(Math.max(...trialsOf(ranked([...worse, ...stopped]).slice(0, 4)))).toBeLessThan(4);
        },
      ),
    );
  });

  it('stands by the definition, pair by pair', () => {
    for (const [lists, numRuns] of [
      [anyCurves(0, 30), 100],
      [anyCurves(60, 150), 20],
    ] as const) {
      const law = fc.property(lists, (list) => {
        expect(standings(list)).toEqual(pairwiseStandings(list));
      });
      fc.assert(law, { numRuns });
    }
  });

  it('stands alike however the list grew', () => {
    // Of more lengths than are kept in columns, too.
    const curves = fc.oneof(anyCurves(70, 140), anyCurves(70, 140, 12));
    const grown = fc.tuple(curves, fc.array(fc.integer({ min: 0, max: 140 }), { maxLength: 12 }));
    fc.assert(
      fc.property(grown, ([list, ends]) => {
        for (const end of ends)
          expect(standings(list.slice(0, end))).toEqual(standings(structuredClone(list.slice(0, end))));
        // Another end of the same beginning, and a list that its owner goes on filling.
        const other = [...list.slice(0, 66), ...structuredClone(list.slice(66))];
        expect(standings(other)).toEqual(pairwiseStandings(other));
        other.push(observation(200, 1));
        expect(standings(other)).toEqual(pairwiseStandings(other));
        expect(standings(list)).toEqual(pairwiseStandings(list));
      }),
      { numRuns: 30 },
    );
  });

  it('stands alike after a comparison that failed', () => {
    const list = Array.from({ length: 64 }, (_, trial) => observation(trial, Math.sin(trial)));
    standings(list);
    const sound = observation(64, 0.3);
    const broken = Object.defineProperty({ ...observation(65, 0.1) }, 'curve', {
      get: () => {
        throw new RangeError('no curve');
      },
    });
    expect(() => standings([...list, sound, broken])).toThrow('no curve');
    for (const told of [[...list, sound], list, [...list, sound, observation(65, 0.1)]]) {
      expect(standings(told)).toEqual(pairwiseStandings(told));
    }
  });

  it('takes far fewer steps than there are pairs', () => {
    let reads = 0;
    const list = Array.from({ length: 3000 }, (_, trial) => {
      const curve = [Math.sin(trial), Math.cos(trial)].slice(0, 1 + (trial % 2));
      const one = observation(trial, curve.at(-1)!);
      return Object.defineProperty({ ...one }, 'curve', {
        get: () => {
          reads++;
          return curve;
        },
      });
    });
    standings(list);
    expect(reads).toBeLessThan(20 * list.length);
    reads = 0;
    list.push(observation(3000, 0.5));
    standings(list);
    expect(reads).toBeLessThan(20 * list.length);
  });

  it('compares antisymmetrically, and stands alike in any order of the list', () => {
    fc.assert(
      fc.property(observations, (list) => {
        for (const a of list) {
          for (const b of list) expect(compareRank(a, b) + compareRank(b, a)).toBe(0);
        }
        expect(ranked([...list].reverse())).toEqual(ranked(list));
        const scores = standings(list);
        expect(2 * scores.reduce((sum, score) => sum + score, 0)).toBe(list.length ** 2 - list.length);
        const failed = ranked(list).map(isFailure);
        expect(failed).toEqual([...failed].sort((a, b) => Number(a) - Number(b)));
      }),
    );
  });
});

describe('constraints', () => {
  const missed = fc.array(fc.constantFrom(0, 0, 0.25, 3), { minLength: 2, maxLength: 2 });
  const told = fc
    .array(fc.tuple(value, missed, fc.constantFrom(true, true, true, false)), { maxLength: 12 })
    .map((trials) =>
      trials.map(([one, violations, sound], trial): Observation => {
        if (!sound) return observation(trial, Infinity, { violations: [Infinity, Infinity], curve: [] });
        const kept = violations.every((violation) => violation === 0);
        return observation(trial, kept ? one : Infinity, { violations, curve: kept ? [one] : [] });
      }),
    );

  it('rank what keeps them by value, then what misses them by how far, then failures', () => {
    fc.assert(
      fc.property(told, (list) => {
        const expected = [...list].sort(
          (a, b) =>
            byNumber(totalViolation(a), totalViolation(b)) || byNumber(a.value, b.value) || a.trial - b.trial,
        );
        expect(ranked(list)).toEqual(expected);
        // For a sampler that knows of no constraints the two are alike: the worst there is.
        for (const one of list) expect(isFailure(one)).toBe(totalViolation(one) > 0);
      }),
    );
  });

  it('are kept by a trial that has none, and told by none that failed', () => {
    expect(totalViolation(observation(0, 3))).toBe(0);
    expect(totalViolation(observation(0, 3, { violations: [] }))).toBe(0);
    expect(totalViolation(observation(0, Infinity))).toBe(Infinity);
    expect(totalViolation(observation(0, Infinity, { violations: [0, 0.5] }))).toBe(0.5);
  });
});

describe('rank rewards', () => {
  it('run from 1 for the best to 0 for the worst, ties in the middle, failures 0', () => {
    expect(rankRewards([3, 1, 2].map((value, trial) => observation(trial, value)))).toEqual([0, 1, 0.5]);
    expect(rankRewards([1, 2, 2, 3].map((value, trial) => observation(trial, value)))).toEqual([
      1, 0.5, 0.5, 0,
    ]);
    expect(rankRewards([0, 1, 0, 1].map((value, trial) => observation(trial, value)))).toEqual([1, 0, 1, 0]);
    expect(rankRewards([5, 5].map((value, trial) => observation(trial, value)))).toEqual([0.5, 0.5]);
    expect(rankRewards([Infinity, Infinity].map((value, trial) => observation(trial, value)))).toEqual([
      0, 0,
    ]);
    expect(rankRewards([4, Infinity].map((value, trial) => observation(trial, value)))).toEqual([1, 0]);
    expect(rankRewards([])).toEqual([]);
  });

  it('lie in [0, 1] and never order two trials against their ranks', () => {
    fc.assert(
      fc.property(observations, (list) => {
        const rewards = rankRewards(list);
        expect(rewards.every((reward) => reward >= 0 && reward <= 1)).toBe(true);
        const order = ranked(list).map(({ trial }) => rewards[trial]!);
        order.slice(1).forEach((reward, index) => expect(reward).toBeLessThanOrEqual(order[index]!));
      }),
    );
  });
});

describe('assignments', () => {
  it('are the same where names and values are', () => {
    const a = { x: 1, w: [0.25, 0.75], f: 'focal' };
    expect(sameAssignment(a, { x: 1, w: [0.25, 0.75], f: 'focal' })).toBe(true);
    expect(sameAssignment(a, { x: 1, w: [0.75, 0.25], f: 'focal' })).toBe(false);
    expect(sameAssignment(a, { x: 1, w: [0.25, 0.75] })).toBe(false);
    expect(sameAssignment({ x: 1 }, { y: 1 })).toBe(false);
    expect(sameAssignment({ x: 1 }, { x: '1' })).toBe(false);
    expect(assignmentKey({ x: 1, y: 'a' })).toBe(assignmentKey({ y: 'a', x: 1 }));
    expect(assignmentKey({ x: 1 })).not.toBe(assignmentKey({ x: '1' }));
  });
});

it('groups by wave in trial order, from any start', () => {
  const list = [0, 0, 1, 3, 3, 3].map((wave, trial) => observation(trial, 0, { wave }));
  expect(groupByWave(list).map((wave) => wave.map(({ trial }) => trial))).toEqual([[0, 1], [2], [3, 4, 5]]);
  expect(groupByWave(list, 2).map((wave) => wave.length)).toEqual([1, 3]);
  expect(groupByWave([])).toEqual([]);
});

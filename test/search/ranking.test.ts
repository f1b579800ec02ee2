import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentKey, sameAssignment } from '../../src/search/assignments.js';
import { compareObservations, ranked } from '../../src/search/ranking.js';
import { rankRewards } from '../../src/search/rewards.js';
import type { Observation } from '../../src/search/sampler.js';
import { groupByWave } from '../../src/search/waves.js';

const observation = (trial: number, value: number, fidelity = 1, wave = 0): Observation => ({
  trial,
  wave,
  assignment: {},
  value,
  fidelity,
});

const observations = fc
  .array(fc.tuple(fc.constantFrom(-1, 0, 1, 2.5, Infinity), fc.constantFrom(0.25, 0.5, 1)), { maxLength: 12 })
  .map((pairs) => pairs.map(([value, fidelity], trial) => observation(trial, value, fidelity)));

describe('ranking', () => {
  it('goes by failure, fidelity, value, trial', () => {
    const list = [
      observation(0, Infinity, 1),
      observation(1, 0, 0.5),
      observation(2, 9, 1),
      observation(3, 2, 1),
      observation(4, 2, 1),
      observation(5, Infinity, 0.1),
    ];
    expect(ranked(list).map(({ trial }) => trial)).toEqual([3, 4, 2, 1, 0, 5]);
    expect(list.map(({ trial }) => trial)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('is a total order: antisymmetric and transitive', () => {
    fc.assert(
      fc.property(observations, (list) => {
        const order = ranked(list);
        for (let i = 0; i < order.length; i++) {
          for (let j = i + 1; j < order.length; j++) {
            expect(compareObservations(order[i]!, order[j]!)).toBeLessThan(0);
            expect(compareObservations(order[j]!, order[i]!)).toBeGreaterThan(0);
          }
        }
      }),
    );
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
  const list = [0, 0, 1, 3, 3, 3].map((wave, trial) => observation(trial, 0, 1, wave));
  expect(groupByWave(list).map((wave) => wave.map(({ trial }) => trial))).toEqual([[0, 1], [2], [3, 4, 5]]);
  expect(groupByWave(list, 2).map((wave) => wave.length)).toEqual([1, 3]);
  expect(groupByWave([])).toEqual([]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holm } from '../../src/statistics/holm.js';
import { intervalAt, type PairedGain } from '../../src/statistics/paired-gain.js';
import { tTwoSided } from '../../src/statistics/student-t.js';
import { verdict, type Comparison } from '../../src/statistics/verdict.js';

function outcomeOf(gain: number, standardError = 0.01, degreesOfFreedom = 9): PairedGain {
  return {
    state: 'compared',
    gain,
    standardError,
    degreesOfFreedom,
    level: 0.95,
    interval: intervalAt({ gain, standardError, degreesOfFreedom }, 0.95),
    pValue: tTwoSided(gain / standardError, degreesOfFreedom),
    perSeed: [],
    resamples: 1000,
    redrawn: 0,
    seeds: 10,
  };
}

const plain = (gain: number): Comparison => ({
  control: 'tuned cross-entropy',
  role: 'plain',
  outcome: outcomeOf(gain),
});
const other = (control: string, gain: number): Comparison => ({
  control,
  role: 'other',
  outcome: outcomeOf(gain),
});
const judge = (...comparisons: Comparison[]): ReturnType<typeof verdict> =>
  verdict({ comparisons, metric: 'accuracy', searched: 240 });

describe('verdict', () => {
  it('claims a gain with all its numbers', () => {
    const found = judge(plain(0.05), other('textbook focal', 0.04), other('random search', 0.005));
    expect(found.kind).toBe('gain');
    expect(found).toMatchObject({ beaten: ['textbook focal'], unbeaten: ['random search'], corrected: 3 });
    // t = 5 with 9 degrees of freedom: p = 0.000739 (tables), three times that after Holm; 0.05 ± 2.262 · 0.01.
    expect(found.sentence).toBe(
      'The found loss is significantly better than tuned cross-entropy in accuracy: paired gain +0.050, ' +
        '95 % interval 0.027 to 0.073, 10 seeds, p = 0.0022 corrected for 3 comparisons (Holm); ' +
        '240 candidates searched; it also beats textbook focal; it does not significantly beat random search.',
    );
  });

  it('says "no significant gain" where there is none', () => {
    const found = judge(plain(0.01));
    expect(found.kind).toBe('no-gain');
    expect(found.sentence).toContain('no significant gain');
    expect(found.sentence).toContain('−0.013 to 0.033');
    expect(found.sentence).toContain('240 candidates searched');
  });

  it('speaks of no search where a given loss was evaluated', () => {
    for (const gain of [0.05, 0.001, -0.05]) {
      const found = verdict({ comparisons: [plain(gain)], metric: 'accuracy' });
      expect(found.sentence).toMatch(/10 seeds, p [=<] [\d.]+(, so the.*)?\.$/);
      expect(found).not.toHaveProperty('searched');
    }
    const outcome = { state: 'not-compared', reason: 'none' } as const;
    const uncompared = verdict({ comparisons: [{ ...plain(0), outcome }], metric: 'accuracy' });
    expect(uncompared.sentence).toMatch(/could not be compared: none\.$/);
  });

  it.each([
    ['gain', 0.05],
    ['no-gain', 0.001],
    ['worse', -0.05],
  ] as const)('names the controls that are better than the found loss: %s', (kind, gain) => {
    const found = judge(plain(gain), other('random search', -0.06), other('textbook focal', 0.001));
    expect(found.kind).toBe(kind);
    expect(found.lostTo).toEqual(['random search']);
    expect(found.sentence).toMatch(/; the found loss is significantly worse than random search\.$/);
    expect(judge(plain(gain), other('textbook focal', 0.001)).sentence).not.toContain('worse than random');
  });

  it('lets a gain go that does not survive the correction, and says so', () => {
    // t = 2.5: p = 0.034 alone, not below 0.05 when it is the smallest of four.
    const found = judge(plain(0.025), other('a', 0), other('b', 0), other('c', 0));
    expect(judge(plain(0.025)).kind).toBe('gain');
    expect(found.kind).toBe('no-gain');
    expect(found.sentence).toContain('no significant gain');
    expect(found.sentence).toContain('leaves out zero but not after the correction');
  });

  it('beating every other control is no gain over the plain loss', () => {
    const found = judge(plain(0.001), other('a', 0.5), other('b', 0.5));
    expect(found.kind).toBe('no-gain');
    expect(found.comparisons.map(({ finding }) => finding)).toEqual(['not-significant', 'better', 'better']);
  });

  it('says when the found loss is worse', () => {
    const found = judge(plain(-0.05));
    expect(found.kind).toBe('worse');
    expect(found.sentence).toContain('significantly worse than tuned cross-entropy');
  });

  it('claims nothing over a plain loss that could not be compared', () => {
    const found = judge(
      {
        control: 'ce',
        role: 'plain',
        outcome: { state: 'not-compared', reason: 'it diverged on 2 of 8 seeds' },
      },
      other('a', 0.5),
    );
    expect(found).toMatchObject({ kind: 'no-gain', because: 'not-compared', corrected: 1 });
    expect(found.sentence).toContain('no significant gain');
    expect(found.sentence).toContain('it diverged on 2 of 8 seeds');
  });

  it('does not count what was not compared as beaten', () => {
    const found = judge(plain(0.05), {
      control: 'a',
      role: 'other',
      outcome: { state: 'not-compared', reason: 'it diverged' },
    });
    expect(found).toMatchObject({ kind: 'gain', beaten: [], unbeaten: [], notCompared: ['a'], corrected: 1 });
    expect(found.sentence).toMatch(/; it could not be compared with a\.$/);
  });

  it('adjusts p-values and intervals alike: they never disagree', () => {
    const differences = fc.array(fc.double({ min: -0.06, max: 0.06, noNaN: true }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(differences, fc.double({ min: 0.8, max: 0.99, noNaN: true }), ([first, ...rest], level) => {
        const comparisons = [plain(first!), ...rest.map((value, index) => other(`c${index}`, value))];
        const found = verdict({ comparisons, metric: 'accuracy', searched: 1, level });
        const expected = holm(
          comparisons.map(({ outcome }) => (outcome.state === 'compared' ? outcome.pValue : 1)),
        );
        found.comparisons.forEach((item, index) => {
          if (item.finding === 'not-compared') throw new Error('all were compared');
          expect(item.adjustedPValue).toBe(expected[index]);
          const [low, high] = item.adjustedInterval;
          expect(low).toBeLessThanOrEqual(intervalAt(item.outcome, level)[0] + 1e-12);
          if (Math.abs(item.adjustedPValue - (1 - level)) < 1e-9) return;
          expect(low > 0 || high < 0).toBe(item.finding !== 'not-significant');
          expect(item.finding !== 'not-significant').toBe(item.adjustedPValue < 1 - level);
        });
        expect(found.kind === 'gain').toBe(found.comparisons[0]!.finding === 'better');
        expect(found.sentence.includes('no significant gain')).toBe(found.kind === 'no-gain');
        expect(found.sentence).toMatch(/\.$/);
      }),
    );
  });

  it('needs exactly one plain loss', () => {
    expect(() => judge(other('a', 1))).toThrow(RangeError);
    expect(() => judge(plain(1), plain(1))).toThrow(RangeError);
  });
});

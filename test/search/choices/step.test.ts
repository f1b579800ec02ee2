import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leastProbability, withLeast } from '../../../src/search/normal-search/choice-margin.js';
import { evenChoices, startChoices, updatedChoices } from '../../../src/search/normal-search/choices.js';
import { utilities } from '../../../src/search/normal-search/utilities.js';
import { sum } from '../support/choices.js';

describe('the step of the probabilities', () => {
  const drawn = [
    [0, 1],
    [0, 2],
    [1, 1],
    [2, 3],
    [1, 0],
    [2, 2],
  ];

  it('is that of the package cmaes 0.13.1 with its weights and margin', () => {
    // Recorded from CatCMA: three and four choices, λ = 6, one generation told in this order.
    const weights = [0.6370425712412168, 0.28457025743803294, 0.07838717132075033, 0, 0, 0];
    const after = updatedChoices(startChoices(evenChoices([3, 4])), drawn, weights);
    const least = [3, 4].map((count) => leastProbability(count, 2));
    [0.07279981, 0.04853321].forEach((one, entry) => expect(least[entry]).toBeCloseTo(one, 8));
    const expected = [
      [0.6765519368095613, 0.18459065849961273, 0.138857404690826],
      [0.1041430535181195, 0.521544644207745, 0.270169248756016, 0.1041430535181195],
    ];
    after.probabilities.forEach((q, entry) =>
      withLeast(q, least[entry]!).forEach((one, choice) =>
        expect(one).toBeCloseTo(expected[entry]![choice]!, 12),
      ),
    );
    expect(after.caution).toBeCloseTo(1.1090669692809614, 12);
  });

  it('has the length 1/Δ in the Fisher metric', () => {
    let choices = startChoices([
      [0.2, 0.5, 0.3],
      [0.1, 0.2, 0.3, 0.4],
    ]);
    choices = updatedChoices(choices, drawn);
    const least = choices.probabilities.map((q) => withLeast(q, 0.02));
    const before = { ...choices, probabilities: least };
    const after = updatedChoices(before, [...drawn].reverse());
    const length = sum(
      after.probabilities.flatMap((q, entry) =>
        q.map((one, k) => (one - least[entry]![k]!) ** 2 / least[entry]![k]!),
      ),
    );
    expect(Math.sqrt(length)).toBeCloseTo(1 / before.caution, 12);
  });

  it('does not know the order of choices and entries', () => {
    const order = [2, 0, 3, 1];
    let [plain, turned] = [startChoices(evenChoices([3, 4])), startChoices(evenChoices([4, 3]))];
    for (let generation = 0; generation < 6; generation++) {
      const draws = drawn.map(([a, b], rank) => [(a! + generation * rank) % 3, (b! + rank) % 4]);
      plain = updatedChoices(plain, draws);
      turned = updatedChoices(
        turned,
        draws.map(([a, b]) => [order[b!]!, a]),
      );
      const margin = (q: readonly number[]): readonly number[] => withLeast(q, 0.03);
      plain = { ...plain, probabilities: plain.probabilities.map(margin) };
      turned = { ...turned, probabilities: turned.probabilities.map(margin) };
    }
    plain.probabilities[0]!.forEach((one, k) => expect(turned.probabilities[1]![k]).toBeCloseTo(one, 12));
    plain.probabilities[1]!.forEach((one, k) =>
      expect(turned.probabilities[0]![order[k]!]).toBeCloseTo(one, 12),
    );
    expect(turned.caution).toBeCloseTo(plain.caution, 12);
    expect(plain.caution).not.toBe(1);
  });

  it('grows while all generations agree, and shrinks while they say nothing', () => {
    const run = (best: (generation: number) => number): number => {
      let choices = startChoices(evenChoices([4, 4, 4, 4]));
      for (let generation = 0; generation < 60; generation++) {
        const draws = [0, 1, 2, 3].map((rank) => {
          const choice = (best(generation) + rank) % 4;
          return [choice, choice, choice, choice];
        });
        choices = updatedChoices(choices, draws);
        // Back to the even start: what is asked for is the length of the steps alone.
        choices = { ...choices, probabilities: evenChoices([4, 4, 4, 4]) };
      }
      return choices.caution;
    };
    expect(run(() => 1)).toBeLessThan(0.5);
    expect(run((generation) => (generation * generation + (generation >> 2)) % 4)).toBeGreaterThan(2);
  });

  it('passes over draws in which an entry was inactive, and over generations that all drew alike', () => {
    const start = startChoices(evenChoices([3, 3]));
    const after = updatedChoices(start, [
      [0, undefined],
      [1, undefined],
      [2, undefined],
    ]);
    expect(after.probabilities[1]).toEqual(start.probabilities[1]);
    expect(after.probabilities[0]![0]).toBeGreaterThan(0.5);
    expect(updatedChoices(start, new Array(8).fill([1, 2]))).toEqual(start);
  });

  it('and the margin keep probabilities, whatever is told', () => {
    const generation = fc.array(fc.tuple(fc.nat(1), fc.option(fc.nat(4), { nil: undefined }), fc.nat(2)), {
      minLength: 2,
      maxLength: 9,
    });
    const counts = [2, 5, 3];
    fc.assert(
      fc.property(fc.array(generation, { minLength: 1, maxLength: 40 }), (generations) => {
        let choices = startChoices(evenChoices(counts));
        for (const draws of generations) {
          choices = updatedChoices(choices, draws);
          choices = {
            ...choices,
            probabilities: choices.probabilities.map((q) => withLeast(q, leastProbability(q.length, 3))),
          };
          expect(Number.isFinite(choices.caution) && choices.caution > 0).toBe(true);
          choices.probabilities.forEach((q) => {
            expect(sum(q)).toBeCloseTo(1, 12);
            for (const one of q) expect(one).toBeGreaterThanOrEqual(leastProbability(q.length, 3));
          });
        }
      }),
    );
  });
});

it('utilities sum to 0, so that draws of no merit move nothing on average', () => {
  for (const lambda of [2, 9, 40]) expect(sum(utilities(lambda))).toBeCloseTo(0, 12);
});

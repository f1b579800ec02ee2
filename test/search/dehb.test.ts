import { describe, expect, it } from 'vitest';
import { dehb } from '../../src/search/dehb.js';
import { dehbPlan } from '../../src/search/dehb/plan.js';
import { hartmann3, hartmann6, numbersOf } from './support/objectives.js';
import { bestValue, runSearch } from './support/run.js';
import { floatSpace } from './support/space.js';

/** Trials of the rounds of one cycle, bracket by bracket. */
function brackets(full: number): number[][] {
  const plan = dehbPlan({ eta: 3, minimum: 1, population: 10 }, full);
  const found: number[][] = [];
  for (let index = 0, last = Infinity; ; index++) {
    const { trials, rung } = plan.round(index);
    if (rung <= last && index > 0 && rung === 0) return found;
    if (rung <= last) found.push([]);
    found.at(-1)!.push(trials);
    last = rung;
  }
}

describe('the plan of DEHB', () => {
  it('has the brackets of the paper', () => {
    expect(brackets(81)).toEqual([[81, 27, 9, 3, 1], [27, 9, 3, 1], [9, 3, 1], [6, 2], [5]]);
    expect(brackets(27)).toEqual([[27, 9, 3, 1], [9, 3, 1], [6, 2], [4]]);
  });

  it('takes trainings over in the first cycle only, from the rung below', () => {
    const plan = dehbPlan({ eta: 3, minimum: 1, population: 10 }, 9);
    const rounds = Array.from({ length: 12 }, (_, index) => plan.round(index));
    expect(rounds.map(({ from, fidelity }) => [from, fidelity])).toEqual([
      ...[
        [0, 1],
        [1, 3],
        [3, 9],
      ],
      ...[
        [0, 3],
        [3, 9],
      ],
      [0, 9],
      ...[
        [0, 1],
        [0, 3],
        [0, 9],
      ],
      ...[
        [0, 3],
        [0, 9],
      ],
      [0, 9],
    ]);
    let trials = 0;
    for (const round of rounds) {
      expect(round.firstTrial).toBe(trials);
      trials += round.trials;
    }
    expect(plan.sizes).toEqual([9, 3, 3]);
  });

  it('is plain rounds where there is one fidelity only', () => {
    const plan = dehbPlan({ eta: 3, minimum: 1, population: 7 }, 1);
    expect([0, 1, 2].map((index) => plan.round(index).trials)).toEqual([7, 7, 7]);
  });
});

describe('dehb', () => {
  it('promotes the best of the rung below with their values', () => {
    const history = runSearch({
      ...{ sampler: dehb, space: floatSpace(2), seed: 'promotes', trials: 13, full: 9 },
      objective: (assignment) => numbersOf(assignment)[0]!,
    });
    const [lowest, middle, top] = [history.slice(0, 9), history.slice(9, 12), history.slice(12, 13)];
    const best = [...lowest].sort((a, b) => a.value - b.value).map(({ assignment }) => assignment);
    expect(middle.map(({ assignment }) => assignment)).toEqual(best.slice(0, 3));
    expect(top[0]!.assignment).toEqual(best[0]);
    expect(top[0]!.curve).toHaveLength(9);
  });

  // Counting evaluations only, with the noise-free function at every fidelity; the published runs are noisy.
  it.each([
    ['Hartmann 3', 3, hartmann3, -3.72],
    ['Hartmann 6', 6, hartmann6, -2.3],
  ])(
    'reaches on %s what the reference implementation reaches with 300 trials',
    (_name, dimensions, f, value) => {
      const bests = Array.from({ length: 9 }, (_, seed) =>
        bestValue(
          runSearch({
            ...{ sampler: dehb, space: floatSpace(dimensions), seed: `dehb/${seed}`, trials: 300, full: 27 },
            objective: (assignment) => f(numbersOf(assignment)),
          }),
        ),
      ).sort((a, b) => a - b);
      expect(bests[4]).toBeLessThan(value);
    },
  );
});

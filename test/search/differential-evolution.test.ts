import { describe, expect, it } from 'vitest';
import { assignmentKey } from '../../src/search/assignments.js';
import { differentialEvolution } from '../../src/search/differential-evolution.js';
import type { Observation } from '../../src/search/sampler.js';
import type { Assignment } from '../../src/space/space.js';
import { numbersOf, sphere } from './support/objectives.js';
import { observation } from './support/observation.js';
import { bestValue, runSearch } from './support/run.js';
import { mixedSpace } from './support/scenario.js';
import { floatSpace } from './support/space.js';

describe('differential evolution', () => {
  const space = floatSpace(3);
  const rand1 = { strategy: 'rand1bin', factor: 0.5 };
  const options = differentialEvolution.schema.parse({ population: 5, ...rand1 });
  const member = (trial: number, ...curve: readonly number[]): Observation =>
    observation(trial, curve.at(-1)!, {
      wave: Math.floor(trial / 5),
      assignment: { x0: 0.1 + trial / 20, x1: 0.2, x2: 0.3 },
      curve,
    });
  const propose = (history: readonly Observation[], firstTrial = 10): readonly Assignment[] =>
    differentialEvolution.propose({ options, space, seed: 's', history, wave: 2, firstTrial, count: 5 });
  const firstFive = [0, 1, 2, 3, 4].map((trial) => member(trial, trial));

  it('replaces a member by a child that is as good, and by no other', () => {
    const worse = [5, 6, 7, 8, 9].map((trial) => member(trial, 100));
    const equal = [5, 6, 7, 8, 9].map((trial) => member(trial, trial - 5));
    const failed = [5, 6, 7, 8, 9].map((trial) => member(trial, Infinity));
    expect(propose([...firstFive, ...worse])).toEqual(propose(firstFive));
    expect(propose([...firstFive, ...failed])).toEqual(propose(firstFive));
    expect(propose([...firstFive, ...equal])).not.toEqual(propose(firstFive));
  });

  it('compares a member with its child as far as both were trained', () => {
    const whole = [0, 1, 2, 3, 4].map((trial) => member(trial, 5, 1));
    const worse = [5, 6, 7, 8, 9].map((trial) => member(trial, 6));
    const better = [5, 6, 7, 8, 9].map((trial) => member(trial, 4));
    expect(propose([...whole, ...worse])).toEqual(propose(whole));
    expect(propose([...whole, ...better])).not.toEqual(propose(whole));
  });

  it('makes children of differences: members on a line have children on the line, or fresh coordinates', () => {
    // All members share x1 and x2, so every difference is 0 there.
    for (const child of propose(firstFive)) expect([child['x1'], child['x2']]).toEqual([0.2, 0.3]);
    const moved = propose(firstFive).map((child) => child['x0'] as number);
    // x_a + F (x_b − x_c) on the lattice of step 1/40 that starts at 0.1.
    for (const x of moved)
      expect(Math.abs(((x - 0.1) * 40) % 1)).toSatisfy((rest: number) => rest < 1e-9 || rest > 1 - 1e-9);
  });

  const strategyNames = ['rand1bin', 'best1bin', 'current-to-best1bin'] as const;

  it.each(strategyNames)('%s takes its mutants from where it says', (strategy) => {
    // Every coordinate crosses, so a child is its mutant; none leaves the cube. The last member is the best.
    const x = [0.4, 0.42, 0.46, 0.51, 0.59];
    const best = 0.59;
    const history = x.map((x0, trial) => observation(trial, -trial, { assignment: { x0 } }));
    const told = { space: floatSpace(1), seed: 's', history, firstTrial: 5, wave: 1, count: 300 };
    const five = { strategy, population: 5, factor: 0.25, crossover: 1 };
    const children = differentialEvolution.propose({
      ...told,
      options: differentialEvolution.schema.parse(five),
    });
    const mutantsOf = (slot: number): number[] => {
      const others = x.filter((_, index) => index !== slot);
      const basesFor = (b: number, c: number): readonly number[] => {
        if (strategy === 'rand1bin') return others.filter((base) => base !== b && base !== c);
        return [strategy === 'best1bin' ? best : x[slot]! + 0.25 * (best - x[slot]!)];
      };
      return others.flatMap((b) =>
        others.filter((c) => c !== b).flatMap((c) => basesFor(b, c).map((base) => base + 0.25 * (b - c))),
      );
    };
    const rounded = (value: number): number => Math.round(value * 1e9);
    for (const slot of x.keys()) {
      const found = new Set(
        children.filter((_, index) => index % 5 === slot).map(({ x0 }) => rounded(x0 as number)),
      );
      const possible = new Set(mutantsOf(slot).map(rounded));
      expect([...found].filter((value) => !possible.has(value))).toEqual([]);
      expect(found.size).toBeGreaterThan(0.7 * possible.size);
    }
  });

  it('has by default ten members, and current-to-best1bin with F 0.8 and CR 0.5', () => {
    // So close together that no mutant leaves the cube; differences of any two members differ from all others.
    const cube = floatSpace(4);
    const points = Array.from({ length: 10 }, (_, trial) =>
      [3, 5, 7, 11].map((prime) => 0.4 + 0.2 * ((10 * Math.sqrt(prime + 13.1 * trial)) % 1)),
    );
    const best = 6;
    const history = points.map(([x0, x1, x2, x3], trial) =>
      observation(trial, trial === best ? 0 : 1 + trial, { assignment: { x0, x1, x2, x3 } as Assignment }),
    );
    const defaults = differentialEvolution.schema.parse({});
    expect(differentialEvolution.waveSize(cube, defaults)).toBe(10);
    const count = 2000;
    const told = { options: defaults, space: cube, seed: 's', history, firstTrial: 10, wave: 1, count };
    let crossed = 0;
    const pairs = new Set<string>();
    differentialEvolution.propose(told).forEach((child, index) => {
      const slot = index % 10;
      const x = points[slot]!;
      const values = numbersOf(child);
      const moved = [0, 1, 2, 3].filter((axis) => values[axis] !== x[axis]);
      const made = points.flatMap((xb, b) =>
        points.flatMap((xc, c) => {
          if (b === c || b === slot || c === slot) return [];
          const isMutant = moved.every((axis) => {
            const mutant = x[axis]! + 0.8 * (points[best]![axis]! - x[axis]!) + 0.8 * (xb[axis]! - xc[axis]!);
            return Math.abs(values[axis]! - mutant) < 1e-12;
          });
          return isMutant ? [`${slot} ${b} ${c}`] : [];
        }),
      );
      expect(moved.length).toBeGreaterThan(0);
      expect(made).toHaveLength(1);
      pairs.add(made[0]!);
      crossed += moved.length;
    });
    // Of 10 · 9 · 8 there are, drawn with replacement: all but e^(−2000/720).
    expect(pairs.size).toBeGreaterThan(0.9 * 720);
    // One coordinate is forced, the other three cross by a coin: four standard errors.
    expect(Math.abs(crossed - count * (1 + 3 * 0.5))).toBeLessThan(4 * Math.sqrt(count * 3 * 0.25));
  });

  it.each(strategyNames)('%s finds the minimum of a sphere to 1 % of the width', (strategy) => {
    const run = runSearch({
      sampler: differentialEvolution,
      space,
      seed: 's',
      trials: 600,
      objective: (x) => sphere(0.7)(numbersOf(x)),
      options: { strategy },
    });
    expect(bestValue(run)).toBeLessThan(1e-4);
  });

  it.each(strategyNames)('%s goes on where all failed, and from members that were told alike', (strategy) => {
    for (const value of [Infinity, 1]) {
      const run = runSearch({
        sampler: differentialEvolution,
        space: mixedSpace,
        seed: 's',
        trials: 60,
        objective: () => value,
        options: { strategy, population: 4 },
      });
      expect(new Set(run.slice(-10).map(({ assignment }) => assignmentKey(assignment))).size).toBeGreaterThan(
        2,
      );
    }
  });
});

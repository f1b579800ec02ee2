import { describe, expect, it } from 'vitest';
import { cmaEs } from '../../../src/search/cma-es.js';
import { nes } from '../../../src/search/nes.js';
import { categories, evaluations } from '../support/choices.js';
import { runSearch } from '../support/run.js';
import { testSpace } from '../support/space.js';

describe.each([cmaEs, nes])('$name on categories', (sampler) => {
  it('finds the one best combination of six entries of five choices in a hundred evaluations', () => {
    const found = evaluations(sampler, testSpace(categories(6, 5)), 0, 150);
    // Of 15,625 combinations. The package cmaes (CatCMAwM): 63 in the median of 15 seeds, 165 at most.
    expect(found[4]).toBeLessThanOrEqual(75);
    expect(found.at(-1)).toBeLessThanOrEqual(120);
  });

  it('finds it wherever it stands among the choices', () => {
    const entries = categories(5, 6).map((entry) =>
      entry.kind === 'categorical' ? { ...entry, choices: ['k3', 'k5', 'k0', 'k1', 'k4', 'k2'] } : entry,
    );
    const [first, middle] = [categories(5, 6), entries].map(
      (one) => evaluations(sampler, testSpace(one), 0, 200)[4]!,
    );
    expect(middle! / first!).toBeGreaterThan(0.6);
    expect(middle! / first!).toBeLessThan(1 / 0.6);
  });

  it('draws every choice as often as the others at first', () => {
    const first = runSearch({
      sampler,
      space: testSpace(categories(2, 5)),
      seed: 'even',
      trials: 5000,
      waveSize: 5000,
      objective: () => 0,
    });
    for (const name of ['c0', 'c1']) {
      for (const choice of ['k0', 'k1', 'k2', 'k3', 'k4']) {
        const drawn = first.filter(({ assignment }) => assignment[name] === choice).length;
        // Four standard errors of 5000 draws.
        expect(Math.abs(drawn - 1000)).toBeLessThan(4 * Math.sqrt(5000 * 0.2 * 0.8));
      }
    }
  });
});

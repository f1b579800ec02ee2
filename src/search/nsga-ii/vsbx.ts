import type { Crossover } from './crossover.js';
import { distributionIndex } from './sbx.js';
import { swappedGenes } from './swapped-genes.js';

/** Divisor below which a spread is cut. */
const LEAST = 1e-10;

/**
 * Modified simulated binary crossover: children also between and far beyond the parents, where SBX leaves gaps.
 * Ballester & Carter, GECCO 2004.
 */
export const vsbx: Crossover = {
  parents: 2,
  child: ([first, second], draws, objectives) => {
    const power = 1 / (distributionIndex(objectives) + 1);
    const crossed = first!.map((x, index): readonly [number, number] => {
      const y = second![index]!;
      const u = draws.uniform();
      const near = (1 / Math.max(2 * u, LEAST)) ** power;
      const far = (1 / Math.max(2 * (1 - u), LEAST)) ** power;
      return u > 0.5
        ? [0.5 * ((1 - near) * x + (1 + far) * y), 0.5 * (-(1 - near) * x + (3 - far) * y)]
        : [0.5 * ((1 + near) * x + (1 - far) * y), 0.5 * ((3 - near) * x - (1 - far) * y)];
    });
    return swappedGenes(
      [first!, second!],
      [crossed.map(([one]) => one), crossed.map(([, other]) => other)],
      draws,
    );
  },
};

import type { Crossover } from './crossover.js';

/**
 * Uniform in the simplex of three parents, widened about its centre by √(d + 2) (SPX). Tsutsui, Yamamura & Higuchi,
 * GECCO 1999.
 */
export const spx: Crossover = {
  parents: 3,
  child: (parents, draws) => {
    const dimensions = parents[0]!.length;
    const epsilon = Math.sqrt(dimensions + 2);
    const centre = Array.from(
      { length: dimensions },
      (_, index) => parents.reduce((sum, parent) => sum + parent[index]!, 0) / parents.length,
    );
    const corners = parents.map((parent) =>
      parent.map((value, index) => centre[index]! + epsilon * (value - centre[index]!)),
    );
    let offset = new Array<number>(dimensions).fill(0);
    for (let corner = 1; corner < corners.length; corner++) {
      const share = draws.uniform() ** (1 / corner);
      offset = offset.map(
        (value, index) => share * (corners[corner - 1]![index]! - corners[corner]![index]! + value),
      );
    }
    return corners.at(-1)!.map((value, index) => value + offset[index]!);
  },
};

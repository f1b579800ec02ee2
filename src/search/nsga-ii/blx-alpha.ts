import type { Crossover } from './crossover.js';

/** How far the range of the parents is widened at both ends, as part of it. */
const ALPHA = 0.5;

/** Uniform in the widened range of the two parents (BLX-α). Eshelman & Schaffer, FOGA 2 (1993). */
export const blxAlpha: Crossover = {
  parents: 2,
  child: ([first, second], draws) =>
    first!.map((value, index) => {
      const low = Math.min(value, second![index]!);
      const high = Math.max(value, second![index]!);
      const margin = ALPHA * (high - low);
      return low - margin + draws.uniform() * (high - low + 2 * margin);
    }),
};

import type { Crossover } from './crossover.js';

/** Probability that a coordinate comes from the second parent. */
const SWAP = 0.5;

/** Each coordinate from one of the two parents. Syswerda, ICGA 1989. */
export const uniformCrossover: Crossover = {
  parents: 2,
  child: ([first, second], draws) =>
    first!.map((value, index) => (draws.uniform() < SWAP ? second![index]! : value)),
};

import type { Coordinates, Crossover } from './crossover.js';

/** Deviation along the line of the first two parents, as part of their distance. */
const ALONG = 0.5;
/** Deviation across it in all directions together, as part of the distance of the third parent from the line. */
const ACROSS = 0.35;

/**
 * Unimodal normal distribution crossover: normal about the middle of two parents, along their line by their distance
 * and across it by the distance of a third one. The deviations are σ_ξ = 0.5 and σ_η = 0.35/√d, as in the paper.
 * Ono & Kobayashi, ICGA 1997.
 */
export const undx: Crossover = {
  parents: 3,
  child: ([first, second, third], draws) => {
    const line = first!.map((value, index) => value - second![index]!);
    const length = norm(line);
    const axis = length > 0 ? line.map((value) => value / length) : line;
    const offset = third!.map((value, index) => value - second![index]!);
    const distance = norm(across(offset, axis));
    const along = draws.normal(ALONG);
    // Equal in all directions, then without its part along the line: no basis across it is needed.
    const deviation = ACROSS / Math.sqrt(line.length);
    const side = across(
      line.map(() => draws.normal(deviation)),
      axis,
    );
    return first!.map(
      (value, index) => (value + second![index]!) / 2 + along * line[index]! + distance * side[index]!,
    );
  },
};

const norm = (vector: Coordinates): number => Math.hypot(...vector);

/** The part of a vector at right angles to an axis of length 1, or all of it where the axis is 0. */
function across(vector: Coordinates, axis: Coordinates): number[] {
  const product = vector.reduce((sum, value, index) => sum + value * axis[index]!, 0);
  return vector.map((value, index) => value - product * axis[index]!);
}

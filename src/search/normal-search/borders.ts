import type { Entry } from '../../space/space.js';
import { sameValue } from '../assignments.js';

/** An entry of more values is searched as if it were continuous: its values are as close as that. */
const MOST_BINS = 256;

/**
 * Where one value of an entry ends and the next begins, ascending: what `decode` says, found by bisection between
 * the middles of the two. Undefined for an entry that is continuous, or as good as that.
 */
export function bordersOf(entry: Entry): readonly number[] | undefined {
  if (entry.dimensions !== 1 || entry.cardinality > MOST_BINS) return undefined;
  const bins = entry
    .grid(entry.cardinality)
    .map((value) => ({ value, middle: entry.encode(value)[0]! }))
    .sort((a, b) => a.middle - b.middle);
  return bins.slice(1).map((above, index) => {
    const below = bins[index]!;
    let [low, high] = [below.middle, above.middle];
    // Halving a number in [0, 1] 52 times leaves its last bit.
    for (let halving = 0; halving < 52; halving++) {
      const middle = (low + high) / 2;
      if (sameValue(entry.decode([middle]), below.value)) low = middle;
      else high = middle;
    }
    return high;
  });
}

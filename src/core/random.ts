import seedrandom from 'seedrandom';

/** A seeded stream of random numbers. The only source of randomness in Lossmith. */
export interface Stream {
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number;
  /** Uniform integer in 0 … bound − 1; bound ≥ 1. */
  integer(bound: number): number;
  /** Standard normal (Box-Muller). */
  normal(): number;
}

/**
 * The stream that belongs to a key path, such as `stream('study', 42, 'trial', 7, 'init')`. Equal paths give
 * equal streams in every process; no two purposes may share a path.
 */
export function stream(...path: readonly (string | number)[]): Stream {
  const generator = seedrandom.alea(path.join('/'));
  const uniform = (): number => generator.double();
  return {
    uniform,
    integer: (bound) => Math.floor(uniform() * bound),
    // 1 - u is in (0, 1], so the logarithm is finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}

/** A uniformly random permutation of 0 … size − 1 (Fisher-Yates). */
export function permutation(size: number, random: Stream): Int32Array {
  const order = Int32Array.from({ length: size }, (_, index) => index);
  for (let last = size - 1; last > 0; last--) {
    const pick = random.integer(last + 1);
    const held = order[last]!;
    order[last] = order[pick]!;
    order[pick] = held;
  }
  return order;
}

const MODULUS = 2147483647;

/** One step of the minimal standard generator, 16807 s mod 2³¹ − 1, by Schrage's method. */
function step(state: number): number {
  const high = Math.floor(state / 127773);
  const next = 16807 * (state - high * 127773) - 2836 * high;
  return next < 0 ? next + MODULUS : next;
}

/**
 * The generator that the definition of the BBOB functions names: it makes their instances, so that everyone has the
 * same ones. The minimal standard generator behind a shuffling table of 32 numbers (Bays & Durham).
 * @returns `count` numbers in (0, 1)
 */
export function uniforms(count: number, seed: number): number[] {
  let state = Math.max(1, Math.abs(seed));
  const table = new Array<number>(32).fill(0);
  for (let index = 39; index >= 0; index--) {
    state = step(state);
    if (index < 32) table[index] = state;
  }
  let last = table[0]!;
  return Array.from({ length: count }, () => {
    state = step(state);
    const place = Math.floor(last / 67108865);
    last = table[place]!;
    table[place] = state;
    return last === 0 ? 1e-99 : last / MODULUS;
  });
}

/** `count` standard normal numbers of the BBOB's generator (Box-Muller), never 0. */
export function normals(count: number, seed: number): number[] {
  const uniform = uniforms(2 * count, seed);
  return Array.from({ length: count }, (_, index) => {
    const value = Math.sqrt(-2 * Math.log(uniform[index]!)) * Math.cos(2 * Math.PI * uniform[count + index]!);
    return value === 0 ? 1e-99 : value;
  });
}

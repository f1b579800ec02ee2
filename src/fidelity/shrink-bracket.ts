import type { Bracket, Rung } from './policy.js';

/**
 * A bracket for a budget that cannot fill it: every rung keeps its fidelity and the part trials/n of its trials,
 * rounded down, at least 1, where n is the size of the first rung. A rung after which nobody would be dropped is
 * merged into the next one, so the last rung (the whole training) is always kept.
 * @param trials trials that can still start; a bracket that needs no more is returned as it is.
 * @throws RangeError where `trials` is not a positive integer.
 */
export function shrinkBracket(bracket: Bracket, trials: number): Bracket {
  if (!Number.isInteger(trials) || trials < 1) {
    throw new RangeError(`a bracket shrinks to a positive number of trials, not ${trials}`);
  }
  const first = bracket.rungs[0];
  if (first === undefined || trials >= first.trials) return bracket;
  const shrunk = bracket.rungs.map((rung): Rung => ({
    trials: Math.max(1, Math.floor((rung.trials * trials) / first.trials)),
    fidelity: rung.fidelity,
  }));
  return { rungs: shrunk.filter((rung, index) => rung.trials !== shrunk[index + 1]?.trials) };
}

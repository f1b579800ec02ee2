import type { Observation } from './sampler.js';

/** The observations from `start` on, grouped by wave, in trial order. */
export function groupByWave(history: readonly Observation[], start = 0): Observation[][] {
  const waves: Observation[][] = [];
  for (let index = start; index < history.length; index++) {
    const observation = history[index]!;
    const last = waves.at(-1);
    if (last?.[0]!.wave === observation.wave) last.push(observation);
    else waves.push([observation]);
  }
  return waves;
}

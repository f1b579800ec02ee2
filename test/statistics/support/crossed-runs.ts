import type { Stream } from '../../../src/core/random.js';
import type { RunScores } from '../../../src/statistics/bootstrap-comparison.js';

/** An invented test stage: 0/1 correctness of two arms on the same samples, with crossed seed and sample effects. */
export interface CrossedSetting {
  readonly seeds: number;
  readonly samples: number;
  /** Standard deviation of what a seed does to all samples of one arm, in latent units. */
  readonly seedEffect: number;
  /** Standard deviation of what one arm does better or worse on a sample, whatever the seed. */
  readonly sampleEffect: number;
  /** Standard deviation of the rest: one seed, one sample, one arm. */
  readonly rest: number;
  /** What the winner is better by, in latent units; 0 is the null hypothesis. */
  readonly gain: number;
}

/** Accuracy with multiplicities. */
export function accuracyOf(correct: Uint8Array): RunScores {
  return (weights) => {
    let hits = 0;
    let total = 0;
    for (let index = 0; index < correct.length; index++) {
      const weight = weights === undefined ? 1 : weights[index]!;
      total += weight;
      hits += weight * correct[index]!;
    }
    return hits / total;
  };
}

/** Latent score of a sample > 0 is a hit. Both arms share the difficulty of the samples; all else is their own. */
export function crossedRuns(
  setting: CrossedSetting,
  random: Stream,
): { winner: RunScores[]; control: RunScores[] } {
  const { seeds, samples, seedEffect, sampleEffect, rest, gain } = setting;
  const normals = (scale: number): Float64Array =>
    Float64Array.from({ length: samples }, () => scale * random.normal());
  const difficulty = normals(1);
  const arm = (shift: number): RunScores[] => {
    const own = normals(sampleEffect);
    return Array.from({ length: seeds }, () => {
      const seed = 1 + shift + seedEffect * random.normal();
      return accuracyOf(
        Uint8Array.from(difficulty, (value, index) =>
          seed + value + own[index]! + rest * random.normal() > 0 ? 1 : 0,
        ),
      );
    });
  };
  return { winner: arm(gain), control: arm(0) };
}

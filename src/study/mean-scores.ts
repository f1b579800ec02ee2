import { mean } from '../statistics/summary.js';
import { scoresOf } from './goals.js';
import type { Scores } from './objectives.js';
import type { SettledTrial } from './settled-trial.js';

/**
 * Mean of each metric over the trials that have scores; NaN for one that is not defined in some of them, undefined
 * where no trial has scores.
 */
export function meanScores(records: readonly SettledTrial[], keys: readonly string[]): Scores {
  const all = records.map(scoresOf).filter((scores) => scores !== undefined);
  if (all.length === 0) return undefined;
  return Object.fromEntries(keys.map((key) => [key, mean(all.map((scores) => scores[key] ?? NaN))]));
}

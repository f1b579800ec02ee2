import { z } from 'zod';
import type { FidelityPolicy, RungTrial } from './policy.js';

const schema = z.strictObject({
  startup: z.int().min(1).default(5).describe('completed trials before anyone is stopped'),
  warmup: z.int().min(0).default(0).describe('evaluations of every trial before it may be stopped'),
  interval: z.int().min(1).default(1).describe('evaluations from one look to the next'),
});

type Options = z.infer<typeof schema>;

/**
 * Stops a trial whose best value so far is worse than the median of the values that completed trials had at the
 * same evaluation. Completed trials are those of earlier waves, so the size of a wave is part of the rule. Values
 * that are not finite count as worst, on both sides; a failed trial never goes on.
 */
export const medianStopping: FidelityPolicy<Options> = {
  name: 'median-stopping',
  summary: 'stops trials that are behind the median of completed ones',
  source: 'Golovin et al., Google Vizier, KDD 2017, section 3.2.2, with the best value so far as in Optuna',
  schema,
  bracket: ({ options: { warmup, interval }, full, waveSize }) => {
    const rungs = [];
    for (let fidelity = Math.max(1, warmup); fidelity < full; fidelity += interval) {
      rungs.push({ trials: waveSize, fidelity });
    }
    return { rungs: [...rungs, { trials: waveSize, fidelity: full }] };
  },
  goesOn: ({ options, running, completed }) => {
    const alive = running.filter(({ curve }) => Number.isFinite(curve.at(-1)));
    if (completed.length < options.startup) return alive.map(({ trial }) => trial);
    return alive.filter((one) => !isBehind(one, completed)).map(({ trial }) => trial);
  },
};

function isBehind({ curve }: RungTrial, completed: readonly RungTrial[]): boolean {
  const best = Math.min(...curve);
  return best > median(completed.map((other) => other.curve[curve.length - 1]!));
}

/** The middle value, or the mean of the two in the middle. */
function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[half]!;
  const [low, high] = [sorted[half - 1]!, sorted[half]!];
  return low === high ? low : (low + high) / 2;
}

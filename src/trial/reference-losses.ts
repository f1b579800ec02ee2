import { plainLosses } from './evaluate.js';
import { once, type TrialContext } from './trial-context.js';
import type { TrialJob, TrialOutcome } from './trial.js';

/** Part of a whole training that the reference trains for. */
const REFERENCE_SHARE = 0.1;

/**
 * Difficulty by reference loss: the plain loss of each training sample, in the order of the train part, after a
 * tenth of a training (at least one chunk) with the plain loss. Its weights and batches come from streams of its own
 * below the seed: a trial must not start from the weights that ranked its samples. Undefined when it diverged.
 * @param train trains one job
 */
export function referenceLosses(
  context: TrialContext,
  seed: string,
  train: (job: TrialJob) => Promise<TrialOutcome>,
): Promise<Float32Array | undefined> {
  return once(context.bySeed.referenceLosses, seed, async () => {
    const outcome = await train({
      candidate: context.plain.candidate,
      seed: `${seed}/reference`,
      fidelity: Math.max(1, Math.round(context.setup.evaluations * REFERENCE_SHARE)),
      part: 'train',
      keepPredictions: true,
      keepCheckpoint: false,
    });
    if (outcome.state === 'diverged') return undefined;
    return plainLosses(context, outcome.predictions!, context.data.parts.train);
  });
}

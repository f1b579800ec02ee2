import { drawBatches } from '../curriculum/draw-batches.js';
import { selfPacedWeights } from '../curriculum/self-paced-weights.js';
import type { ChunkInputs } from '../engine/engine.js';
import type { PreparedTrial } from './prepare-trial.js';
import { plainPlan, type SamplePlan } from './sample-plan.js';
import type { TrialContext } from './trial-context.js';
import { chunkSteps, progressAt } from './training-schedule.js';
import type { Checkpoint } from './trial.js';

/** What drives a trial through the chunk that follows a checkpoint. A pure function of its arguments. */
export function chunkInputs(
  trial: PreparedTrial,
  checkpoint: Checkpoint,
  context: TrialContext,
): ChunkInputs {
  const { setup } = context;
  const steps = chunkSteps(setup);
  const firstStep = checkpoint.fidelity * steps;
  const indices = batches(context, trial.plan, trial.job.seed, firstStep, steps);
  const progress = Array.from({ length: steps }, (_, step) => progressAt(setup, firstStep + step));
  return {
    steps,
    indices,
    weights: sampleWeights(trial, checkpoint, context, indices, progress[0]!),
    theta: trial.theta(progress, checkpoint),
    learningRates: new Float32Array(steps).fill(trial.learningRate),
    lossScale: checkpoint.lossScale,
  };
}

/**
 * The first batches of a seed as every candidate without a curriculum sees them, all at progress 0 and without
 * sample weights: where the norm of the gradient is measured.
 */
export function openingInputs(trial: PreparedTrial, context: TrialContext, steps: number): ChunkInputs {
  const indices = batches(context, plainPlan(context.data), trial.job.seed, 0, steps);
  return {
    steps,
    indices,
    weights: new Float32Array(indices.length).fill(1),
    theta: trial.theta(
      Array.from({ length: steps }, () => 0),
      { curve: [], headLosses: [] },
    ),
    learningRates: new Float32Array(steps),
    lossScale: 1,
  };
}

/** Position of each sample of the data in the train part; −1 for the samples of other parts. */
export function trainPositions(context: TrialContext): Int32Array {
  const positions = new Int32Array(context.data.size).fill(-1);
  context.data.parts.train.forEach((sample, position) => (positions[sample] = position));
  return positions;
}

/** Seeds and chunks whose batches are kept: a cohort goes through a chunk together. */
const KEPT_BATCHES = 16;

function batches(
  { setup, bySeed: { batches: kept } }: TrialContext,
  plan: SamplePlan,
  seed: string,
  firstStep: number,
  steps: number,
): Int32Array {
  const { samples, countAt } = plan;
  // Without a curriculum they depend on the seed alone: all candidates of a comparison see the same.
  const key = countAt === undefined ? `${seed}/${firstStep}+${steps}` : undefined;
  const known = key === undefined ? undefined : kept.get(key);
  if (known !== undefined) return known;
  const drawn = drawBatches({
    seed: `${seed}/batches`,
    samples,
    ...(countAt === undefined ? {} : { countAt: (step) => countAt(progressAt(setup, step)) }),
    firstStep,
    steps,
    batchSize: setup.batchSize,
  });
  if (key !== undefined) {
    const oldest = kept.size < KEPT_BATCHES ? undefined : kept.keys().next().value;
    if (oldest !== undefined) kept.delete(oldest);
    kept.set(key, drawn);
  }
  return drawn;
}

/** 1 for all, or by each sample's own loss when it was last seen. */
function sampleWeights(
  { selfPaced }: PreparedTrial,
  checkpoint: Checkpoint,
  context: TrialContext,
  indices: Int32Array,
  progress: number,
): Float32Array {
  const { lastLosses } = checkpoint;
  if (selfPaced === undefined || lastLosses === undefined) return new Float32Array(indices.length).fill(1);
  const { spec, threshold } = selfPaced;
  const validationLosses = checkpoint.curve.map((point) => point.validationLoss);
  const byPosition = selfPacedWeights({
    weights: spec.weights,
    direction: spec.direction,
    quantile: threshold.valueAt(progress, { validationLosses }) as number,
    losses: lastLosses,
  });
  const positions = trainPositions(context);
  return Float32Array.from(indices, (sample) => byPosition[positions[sample]!]!);
}

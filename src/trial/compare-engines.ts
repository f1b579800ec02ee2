import type { Candidate } from '../candidate/candidate.js';
import type { Engine } from '../engine/engine.js';
import type { TaskData } from '../problem/task-data.js';
import { runTrial } from './run-trial.js';
import { createTrialContext, disposeTrialContext, type TrialRegistries } from './trial-context.js';
import type { TrainingSetup } from './trial.js';

/** How far two engines are apart after some steps of one trial. */
export interface EngineDifference {
  readonly steps: number;
  /** The largest over the weights and the predictions, by name: norm of the difference over norm. */
  readonly difference: number;
  /** Whether that is what float32 leaves open. */
  readonly agrees: boolean;
}

/** Steps, and the difference that rounding explains: it grows as the trainings go on. */
const CHECKS = [
  { steps: 1, tolerance: 1e-4 },
  { steps: 20, tolerance: 5e-3 },
] as const;

interface Comparison {
  readonly candidate: Candidate;
  readonly data: TaskData;
  readonly setup: TrainingSetup;
  readonly registries: TrialRegistries;
  /** Gets one line where an engine trains otherwise than asked. */
  readonly tell: (note: string) => void;
}

/**
 * Trains one trial with two engines, its schedules, curriculum and weights from the same seed, and compares weights
 * and predictions.
 * @throws Error where one of the trainings diverges, with how
 */
export async function compareEngines(
  comparison: Comparison,
  engine: Engine,
  reference: Engine,
): Promise<readonly EngineDifference[]> {
  const differences: EngineDifference[] = [];
  for (const { steps, tolerance } of CHECKS) {
    const found = await numbersAfter(steps, comparison, engine);
    const wanted = await numbersAfter(steps, comparison, reference);
    const difference = Math.max(
      ...Object.entries(wanted).map(([name, values]) => distance(found[name]!, values)),
    );
    differences.push({ steps, difference, agrees: difference <= tolerance });
  }
  return differences;
}

async function numbersAfter(
  steps: number,
  { candidate, data, setup, registries, tell }: Comparison,
  engine: Engine,
): Promise<Readonly<Record<string, Float32Array>>> {
  const context = createTrialContext({
    ...{ data, registries, engine, tell },
    setup: { ...setup, steps, evaluations: 1 },
  });
  try {
    const outcome = await runTrial(
      {
        ...{ candidate, fidelity: 1, part: 'validation', seed: 'compare-engines' },
        ...{ keepPredictions: true, keepCheckpoint: true },
      },
      context,
    );
    if (outcome.state !== 'trained') {
      throw new Error(`the ${engine.name} training diverges: ${outcome.reason}`);
    }
    const weights = Object.entries(outcome.checkpoint!.state.parameters);
    return {
      ...Object.fromEntries(weights.map(([name, { values }]) => [`weights/${name}`, values])),
      ...outcome.predictions,
    };
  } finally {
    disposeTrialContext(context);
  }
}

/**
 * Norm of the difference over norm of the second. Norms, as Adam divides by the size of the gradient: where that is
 * next to nothing, rounding decides on a whole step of one weight.
 */
function distance(a: Float32Array, b: Float32Array): number {
  let square = 0;
  let total = 0;
  b.forEach((value, index) => {
    total += value * value;
    square += (a[index]! - value) ** 2;
  });
  return square === 0 ? 0 : Math.sqrt(square / Math.max(total, Number.MIN_VALUE));
}

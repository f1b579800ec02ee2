import { candidateHash } from '../../../src/candidate/candidate-hash.js';
import { stream } from '../../../src/core/random.js';
import type { Executor } from '../../../src/executor/executor.js';
import type { LoadedExperiment } from '../../../src/study/load-experiment.js';
import type { WorkerJob, WorkerReply } from '../../../src/study/worker-job.js';
import type { TrialJob, TrialOutcome } from '../../../src/trial/trial.js';

/**
 * Answers at once with scores that depend on the job alone, in an order that `seed` shuffles: for tests of what a study
 * makes of results, not of training. Every ninth candidate diverges.
 * @param most jobs until the executor is closed, as by Ctrl-C
 */
export function inventedExecutor(
  { experiment, data }: Pick<LoadedExperiment, 'experiment' | 'data'>,
  seed: number,
  workers: number,
  most = Number.POSITIVE_INFINITY,
): Executor<WorkerJob, WorkerReply> {
  const random = stream('arrival', seed);
  let jobs = 0;
  const invent = (job: TrialJob): TrialOutcome => {
    const key = candidateHash(job.candidate);
    const scores = stream('invented', key, job.seed, job.part);
    if (stream('diverges', key).uniform() < 1 / 9) {
      return { state: 'diverged', steps: 7, reason: 'invented', curve: [] };
    }
    const metrics = Object.fromEntries(
      experiment.metrics.map(({ key: metric }) => [metric, scores.uniform()]),
    );
    const score = metrics[experiment.metrics[0]!.key]!;
    const { name, outputs } = data.heads[0]!;
    const steps = experiment.training.steps / experiment.training.evaluations;
    const predictions = Float32Array.from({ length: data.parts[job.part].length * outputs }, () =>
      scores.normal(),
    );
    return {
      ...{ state: 'trained', steps: job.fidelity * steps, metrics },
      curve: Array.from({ length: job.fidelity }, (_, index) => ({
        ...{ step: (index + 1) * steps, trainLoss: 1, validationLoss: 1, validationScore: score },
      })),
      ...(job.keepPredictions ? { predictions: { [name]: predictions } } : {}),
    };
  };
  return {
    workers,
    run: async (job) => {
      for (let turns = random.integer(8); turns > 0; turns--) await Promise.resolve();
      jobs += 1;
      if (jobs > most) return { state: 'cancelled' };
      const reply: WorkerReply =
        job.kind === 'probe'
          ? { kind: 'probe', outcome: { state: 'accepted', signature: candidateHash(job.candidate) } }
          : { kind: 'train', outcomes: job.jobs.map(invent), notes: [] };
      return { state: 'answered', reply, durationMs: random.uniform() };
    },
    close: () => Promise.resolve(),
  };
}

import { candidateHash } from '../../../src/candidate/candidate-hash.js';
import type { Candidate } from '../../../src/candidate/candidate.js';
import { canonicalCandidate } from '../../../src/candidate/canonical-candidate.js';
import { stream } from '../../../src/core/random.js';
import type { Executor } from '../../../src/executor/executor.js';
import type { LoadedExperiment } from '../../../src/study/load-experiment.js';
import type { WorkerJob, WorkerReply } from '../../../src/study/worker-job.js';
import type { Checkpoint, CurvePoint, TrialJob, TrialOutcome } from '../../../src/trial/trial.js';

/** Results that depend on the job alone, as those of a training do, without a training. */
export interface Invention extends Pick<LoadedExperiment, 'experiment' | 'data'> {
  /** Value after an evaluation, counted from 1. */
  score(candidate: Candidate, evaluation: number, seed: string): number;
  /** Whether the candidate diverges; no one where absent. */
  diverges?(candidate: Candidate): boolean;
  /** Whether the candidate is turned down before it trains; no one where absent. */
  rejects?(candidate: Candidate): boolean;
}

/** A score in [0, 1) that nothing but the candidate, the evaluation and the seed decide. */
export const anyScore: Invention['score'] = (candidate, evaluation, seed) =>
  stream('invented', candidateHash(canonicalCandidate(candidate)), seed, evaluation).uniform();

/** One candidate in nine diverges. */
export const oneInNine = (candidate: Candidate): boolean =>
  stream('diverges', candidateHash(candidate)).uniform() < 1 / 9;

/** One candidate in four is turned down. */
export const oneInFour = (candidate: Candidate): boolean =>
  stream('rejects', candidateHash(candidate)).uniform() < 1 / 4;

function train(job: TrialJob, invention: Invention): TrialOutcome {
  const { experiment, data, score, diverges } = invention;
  const { steps, evaluations } = experiment.training;
  const chunk = steps / evaluations;
  if (diverges?.(job.candidate) === true) {
    return { state: 'diverged', steps: 7, reason: 'invented', curve: [] };
  }
  const curve = Array.from({ length: job.fidelity }, (_, index): CurvePoint => {
    const validationScore = score(job.candidate, index + 1, job.seed);
    return { step: (index + 1) * chunk, trainLoss: 1, validationLoss: 1 - validationScore, validationScore };
  });
  const last = curve.at(-1)!.validationScore;
  const value = job.part === 'validation' ? last : score(job.candidate, job.fidelity, job.seed + job.part);
  const { name, outputs } = data.heads[0]!;
  const random = stream('predictions', candidateHash(canonicalCandidate(job.candidate)), job.seed);
  const size = data.parts[job.part].length * outputs;
  return {
    state: 'trained',
    steps: job.fidelity * chunk,
    curve,
    metrics: Object.fromEntries(experiment.metrics.map(({ key }) => [key, value])),
    ...(job.keepPredictions
      ? { predictions: { [name]: Float32Array.from({ length: size }, () => random.normal()) } }
      : {}),
    ...(job.keepCheckpoint ? { checkpoint: { fidelity: job.fidelity } as unknown as Checkpoint } : {}),
  };
}

/** What a worker answers. */
export function inventedReply(job: WorkerJob, invention: Invention): WorkerReply {
  if (job.kind === 'probe') {
    if (invention.rejects?.(job.candidate) === true) {
      return { kind: 'probe', outcome: { state: 'rejected', reason: 'no-gradient', detail: 'invented' } };
    }
    const signature = candidateHash(canonicalCandidate(job.candidate));
    return { kind: 'probe', outcome: { state: 'accepted', signature } };
  }
  return { kind: 'train', outcomes: job.jobs.map((one) => train(one, invention)), notes: [] };
}

/**
 * Answers in an order that the seed shuffles, as many cohorts at a time as there are workers.
 * @param dies after how many answers every further job is cancelled, as when the process is killed; never if absent
 */
export function shuffledExecutor(
  invention: Invention,
  seed: number,
  workers: number,
  dies = Infinity,
): Executor<WorkerJob, WorkerReply> & { readonly jobs: WorkerJob[] } {
  const random = stream('arrival', seed);
  const jobs: WorkerJob[] = [];
  let answers = 0;
  return {
    workers,
    jobs,
    run: async (job) => {
      for (let turns = random.integer(8); turns > 0; turns--) await Promise.resolve();
      if (answers++ >= dies) return { state: 'cancelled' };
      jobs.push(job);
      return { state: 'answered', reply: inventedReply(job, invention), durationMs: random.uniform() };
    },
    close: () => Promise.resolve(),
  };
}

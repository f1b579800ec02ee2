import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { candidateHash } from '../../src/candidate/candidate-hash.js';
import { hashJson } from '../../src/core/json.js';
import { stream } from '../../src/core/random.js';
import type { Executor } from '../../src/executor/executor.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { runStudy } from '../../src/study/run-study.js';
import type { WorkerJob, WorkerReply } from '../../src/study/worker-job.js';
import type { TrialJob, TrialOutcome } from '../../src/trial/trial.js';

const file = fileURLToPath(new URL('../../experiments/quickstart.yaml', import.meta.url));
const loaded = await loadExperiment(file, [], 'search', { trials: 13 });
const { registries, data } = loaded;
/** With few resamples: what is drawn matters here, not how well. */
const experiment = { ...loaded.experiment, statistics: { level: 0.95, resamples: 200 } };

/** A score that depends on the job alone; every ninth candidate diverges. */
function invented(job: TrialJob): TrialOutcome {
  const key = candidateHash(job.candidate);
  const random = stream('invented', key, job.seed, job.part);
  if (stream('diverges', key).uniform() < 1 / 9) {
    return { state: 'diverged', steps: 7, reason: 'invented', curve: [] };
  }
  const metrics = Object.fromEntries(experiment.metrics.map(({ key: metric }) => [metric, random.uniform()]));
  const { name, outputs } = data.heads[0]!;
  const predictions = Float32Array.from({ length: data.parts[job.part].length * outputs }, () =>
    random.normal(),
  );
  return {
    state: 'trained',
    steps: job.fidelity * (experiment.training.steps / experiment.training.evaluations),
    curve: [],
    metrics,
    ...(job.keepPredictions ? { predictions: { [name]: predictions } } : {}),
  };
}

function answer(job: WorkerJob): WorkerReply {
  if (job.kind === 'probe') {
    return { kind: 'probe', outcome: { state: 'accepted', signature: candidateHash(job.candidate) } };
  }
  return { kind: 'train', outcomes: job.jobs.map(invented), notes: [] };
}

/** Answers in an order that the seed shuffles, as many cohorts at a time as there are workers. */
function shuffled(seed: number, workers: number): Executor<WorkerJob, WorkerReply> {
  const random = stream('arrival', seed);
  return {
    workers,
    run: async (job) => {
      for (let turns = random.integer(8); turns > 0; turns--) await Promise.resolve();
      return { state: 'answered', reply: answer(job), durationMs: random.uniform() };
    },
    close: () => Promise.resolve(),
  };
}

/** Everything that a study asked, settled and found. */
async function outcome(seed: number, workers: number): Promise<string> {
  const journal = openJournal(':memory:', { now: () => seed });
  const executor = shuffled(seed, workers);
  const result = await runStudy({ experiment, registries, data, journal, executor, tell: () => undefined });
  journal.close();
  expect(result.state).toBe('finished');
  return hashJson(JSON.parse(JSON.stringify(result)) as never);
}

it('a study does not depend on the order in which work arrives, nor on the number of workers', async () => {
  const reference = await outcome(0, 1);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 9 }),
      async (seed, workers) => {
        expect(await outcome(seed, workers)).toBe(reference);
      },
    ),
    { numRuns: 8 },
  );
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { candidateHash } from '../../src/candidate/candidate-hash.js';
import { systemClock } from '../../src/core/clock.js';
import { stream } from '../../src/core/random.js';
import type { Executor } from '../../src/executor/executor.js';
import { openJournal } from '../../src/journal/sqlite-journal.js';
import { createArms } from '../../src/study/create-arms.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { searchStage } from '../../src/study/search-stage.js';
import { primaryMetric, type StudyContext } from '../../src/study/study-context.js';
import { createStudyMemory } from '../../src/study/study-memory.js';
import type { WorkerJob, WorkerReply } from '../../src/study/worker-job.js';
import type { TrialJob, TrialOutcome } from '../../src/trial/trial.js';

/** A search whose trainings are invented, so that what is left is what the search itself keeps and does. */
export interface SearchLoadRequest {
  readonly sampler: string;
  readonly policy: string;
  readonly trials: number;
}

/** What the search stage of many trials costs beside their training. */
export interface SearchLoad {
  /** Bytes of heap that a trial adds while the search runs: records, history, what the sampler replays, memory. */
  readonly running: number;
  /** Bytes of heap a trial when the stage is over: its records, and what the memory and the sampler still hold. */
  readonly ended: number;
  /** Milliseconds of processor time a trial, in the second tenth of the search and in the last. */
  readonly early: number;
  readonly late: number;
}

/** Three metrics and nine evaluations, as in the ready-made experiments. */
const experimentText = ({ sampler, policy, trials }: SearchLoadRequest): string => `name: load
task: { name: mixture, size: 200 }
space: classification-families
metrics: [average-precision, auroc, log-loss]
training: { steps: 540, batchSize: 16, evaluations: 9 }
search: { trials: ${trials}, sampler: ${sampler}, fidelity: ${policy} }
controls: { plain: false, random: false, textbook: false }
`;

/**
 * Runs the search stage of a study whose workers invent their results, its journal in a file. Heap while it runs is
 * what trials after the first tenth add.
 * @param collect collects garbage: the process must run with --expose-gc
 */
export async function measureSearch(request: SearchLoadRequest, collect: () => void): Promise<SearchLoad> {
  const { trials } = request;
  const folder = mkdtempSync(path.join(tmpdir(), 'lossmith-load-'));
  try {
    const file = path.join(folder, 'load.yaml');
    writeFileSync(file, experimentText(request));
    const { experiment, registries, data } = await loadExperiment(file, [], 'search');
    const journal = openJournal(path.join(folder, 'study.db'), systemClock);
    const marks = new Map<number, { readonly heap: number; readonly processor: number }>();
    let collecting = 0;
    const processor = (): number => {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1000 - collecting;
    };
    const heapNow = (): number => {
      const begin = processor();
      collect();
      const { heapUsed } = process.memoryUsage();
      collecting += processor() - begin;
      return heapUsed;
    };
    const tenth = trials / 10;
    const wanted = new Set([tenth, 2 * tenth, 9 * tenth, trials - 1]);
    let probed = 0;
    const executor: Executor<WorkerJob, WorkerReply> = {
      workers: 2,
      run: (job) => {
        if (job.kind === 'probe' && wanted.has(probed++)) {
          marks.set(probed - 1, { processor: processor(), heap: heapNow() });
        }
        return Promise.resolve({ state: 'answered', reply: sent(reply(job)), durationMs: 80.25 });
      },
      close: () => Promise.resolve(),
    };
    const context: StudyContext = {
      ...{ experiment, registries, data, journal, executor, tell: () => undefined },
      memory: createStudyMemory(journal),
      metric: primaryMetric(experiment, registries),
    };
    const arms = createArms(experiment, data.heads, registries);
    const base = heapNow();
    const records = await searchStage(context, arms, { trials: 0, owners: new Map() });
    const ended = (heapNow() - base) / records.length;
    journal.close();
    const [first, second, ninth, last] = [...wanted].map((trial) => marks.get(trial)!);
    return {
      running: (last!.heap - first!.heap) / (trials - 1 - tenth),
      ended,
      early: (second!.processor - first!.processor) / tenth,
      late: (last!.processor - ninth!.processor) / (tenth - 1),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As it comes from another process: the shapes of objects are part of what they weigh. */
const sent = (message: WorkerReply): WorkerReply => deserialize(serialize(message)) as WorkerReply;

function reply(job: WorkerJob): WorkerReply {
  if (job.kind === 'probe') {
    return { kind: 'probe', outcome: { state: 'accepted', signature: candidateHash(job.candidate) } };
  }
  return { kind: 'train', outcomes: job.jobs.map(train), notes: [] };
}

/** What a training would say, by the candidate alone. */
function train({ candidate, fidelity }: TrialJob): TrialOutcome {
  const random = stream('load', candidateHash(candidate));
  const curve = Array.from({ length: fidelity }, (_, index) => ({
    ...{ step: 60 * (index + 1), trainLoss: random.uniform(), validationLoss: random.uniform() },
    validationScore: random.uniform(),
  }));
  const { validationScore } = curve.at(-1)!;
  const metrics = {
    'average-precision': validationScore,
    auroc: (1 + validationScore) / 2,
    'log-loss': 1 - validationScore,
  };
  return { state: 'trained', steps: 60 * fidelity, curve, metrics };
}

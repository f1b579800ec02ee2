import { targetDeviations } from '../../../src/data/target-deviations.js';
import type { Engine } from '../../../src/engine/engine.js';
import { classCounts } from '../../../src/engine/class-counts.js';
import type { Executor } from '../../../src/executor/executor.js';
import type { Registries } from '../../../src/plugins/registries.js';
import type { TaskData } from '../../../src/problem/task-data.js';
import type { Experiment } from '../../../src/study/experiment.js';
import { trainingSetup } from '../../../src/study/training-setup.js';
import type { WorkerJob, WorkerReply } from '../../../src/study/worker-job.js';
import { probeCandidate } from '../../../src/trial/probe-candidate.js';
import { runCohort } from '../../../src/trial/run-cohort.js';
import { createTrialContext, disposeTrialContext } from '../../../src/trial/trial-context.js';

/** Does what a worker process does, in this one; `jobs` lists how many trials each training had. */
export function inProcess(
  parts: { readonly experiment: Experiment; readonly registries: Registries; readonly data: TaskData },
  engine: Engine,
  workers: number,
): Executor<WorkerJob, WorkerReply> & { readonly cohorts: readonly number[] } {
  const { experiment, registries, data } = parts;
  const context = createTrialContext({
    ...{ data, registries, engine },
    setup: trainingSetup(experiment, registries),
  });
  const cohorts: number[] = [];
  const answer = async (job: WorkerJob): Promise<WorkerReply> => {
    if (job.kind === 'probe') {
      const outcome = probeCandidate({
        ...{ candidate: job.candidate, heads: data.heads, classCounts: classCounts(data) },
        targetDeviations: targetDeviations(data),
        ...{ losses: registries.losses, schedules: registries.schedules },
        ...{ plainLoss: experiment.plainLoss, normalised: experiment.training.normaliseGradient },
      });
      return { kind: 'probe', outcome };
    }
    cohorts.push(job.jobs.length);
    const trials = await runCohort(job.jobs, context);
    const outcomes = trials.map((trial) => {
      if (trial.status === 'rejected') throw trial.reason;
      return trial.value;
    });
    return { kind: 'train', outcomes, notes: [] };
  };
  return {
    ...{ workers, cohorts },
    run: async (job) => ({ state: 'answered', reply: await answer(job), durationMs: 1 }),
    close: () => Promise.resolve(disposeTrialContext(context)),
  };
}

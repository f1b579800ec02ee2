import { UserError } from '../core/errors.js';
import { targetDeviations } from '../data/target-deviations.js';
import { firstLine } from '../executor/first-line.js';
import { serveJobs } from '../executor/serve-jobs.js';
import { createRegistries, type Registries } from '../plugins/registries.js';
import { loadUserModules } from '../plugins/load-user-modules.js';
import type { TaskData } from '../problem/task-data.js';
import { loadTask } from '../tasks/load-task.js';
import { useBackend, type BackendChoice } from '../tensor/index.js';
import { classCounts } from '../engine/class-counts.js';
// What the compiled engine imports when it trains: loaded now, while the parent reads the experiment.
import '../engine/compiled/compiled-session.js';
import { probeCandidate } from '../trial/probe-candidate.js';
import { runCohort } from '../trial/run-cohort.js';
import { createTrialContext } from '../trial/trial-context.js';
import { trainingSetup } from './training-setup.js';
import type { WorkerJob, WorkerReply, WorkerSetup } from './worker-job.js';

/** Loads the data of the task. @throws UserError `data` where they are others than the study's */
async function loadSame(
  { experiment, dataFolders, splitHash }: WorkerSetup,
  { tasks }: Registries,
): Promise<TaskData> {
  const task = tasks.get(experiment.task.name);
  const data = await loadTask(task, task.schema.parse(experiment.task.options), { dataFolders });
  if (data.splitHash === splitHash) return data;
  throw new UserError({
    code: 'data',
    message: 'the task loads other data in a worker than in the study',
    found: `split ${data.splitHash}`,
    expected: `split ${splitHash}`,
  });
}

// A worker process: gets its data and its backend once, then probes and trains what it is given.
serveJobs<WorkerSetup, WorkerJob, WorkerReply>(async (setup) => {
  const { experiment, backend } = setup;
  await useBackend(backend as BackendChoice);
  const registries = createRegistries(await loadUserModules(experiment.use));
  const data = setup.data ?? (await loadSame(setup, registries));
  const notes: string[] = [];
  const context = createTrialContext({
    data,
    setup: trainingSetup(experiment, registries),
    registries,
    engine: registries.engines.get(experiment.engine),
    tell: (note) => notes.push(note),
  });
  const counts = classCounts(data);
  const deviations = targetDeviations(data);
  return async (job, progress) => {
    switch (job.kind) {
      case 'probe':
        return {
          kind: 'probe',
          outcome: probeCandidate({
            candidate: job.candidate,
            heads: data.heads,
            classCounts: counts,
            targetDeviations: deviations,
            losses: registries.losses,
            schedules: registries.schedules,
            plainLoss: experiment.plainLoss,
            normalised: experiment.training.normaliseGradient,
          }),
        };
      case 'train': {
        const trials = await runCohort(job.jobs, context, progress);
        const outcomes = trials.map((trial) =>
          trial.status === 'fulfilled'
            ? trial.value
            : ({ state: 'threw', message: firstLine(trial.reason) } as const),
        );
        return { kind: 'train', outcomes, notes: notes.splice(0) };
      }
    }
  };
});

import { availableParallelism } from 'node:os';
import { createRequire } from 'node:module';
import { systemClock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import { createProcessPool } from '../../executor/process-pool.js';
import { writeStudyFiles } from '../../export/write-study-files.js';
import type { Registries } from '../../plugins/registries.js';
import type { OpenStudy } from '../../study/open-study.js';
import { planUnits } from '../../study/plan-units.js';
import { runStudy } from '../../study/run-study.js';
import type { WorkerJob, WorkerReply, WorkerSetup } from '../../study/worker-job.js';
import type { TaskData } from '../../problem/task-data.js';
import { createProgress } from '../progress.js';
import type { RunOptions } from '../run-options.js';
import { showResult } from '../show-result.js';

/** The exit code of a process that Ctrl-C ended, as shells have it: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130;

/** A worker that finds the package wherever it runs from: sources under test, or the compiled package. */
const WORKER = createRequire(import.meta.url).resolve('lossmith/worker');

/**
 * Runs a study that is open to its end, shows progress, writes its files and prints the result. Ctrl-C ends the
 * workers at once; what was completed is in the journal.
 */
export async function runAndShow(
  study: OpenStudy,
  registries: Registries,
  data: TaskData,
  options: RunOptions,
): Promise<void> {
  const { provenance } = study;
  const { experiment } = provenance;
  const setup: WorkerSetup = {
    experiment,
    backend: provenance.backend,
    dataFolders: provenance.dataFolders,
    splitHash: provenance.splitHash,
  };
  const executor = createProcessPool<WorkerJob, WorkerReply>({
    entry: WORKER,
    setup,
    workers: options.workers ?? availableParallelism(),
    jobLimitMs: experiment.limits.trialSeconds * 1000,
    clock: systemClock,
  });
  const progress = createProgress({
    experiment,
    plannedUnits: planUnits(experiment, data.heads, registries),
    direction: provenance.direction,
    quiet: options.quiet === true || options.json === true,
    output: process.stderr,
    clock: systemClock,
  });
  let interrupted = false;
  const interrupt = (): void => {
    interrupted = true;
    progress.note('stopping; what was completed is kept');
    void executor.close();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const result = await runStudy({
      experiment,
      registries,
      data,
      journal: study.journal,
      executor,
      tell: progress.tell,
    });
    progress.end();
    if (result.state === 'interrupted') {
      study.journal.append([{ kind: 'session', change: 'interrupted', data: {} }]);
      process.stderr.write(`lossmith: interrupted; go on with: lossmith resume ${study.folder}\n`);
      process.exitCode = EXIT_INTERRUPTED;
      return;
    }
    const board = writeStudyFiles(study);
    study.journal.append([{ kind: 'session', change: 'finished', data: {} }]);
    showResult(study, board, result.verdict, options);
  } catch (error) {
    progress.end();
    throw error instanceof UserError ? error : withFolder(error, study.folder);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    // Pending work must not keep the process alive, nor outlive it.
    await executor.close();
    study.close();
    if (interrupted) process.exitCode = EXIT_INTERRUPTED;
  }
}

/** A bug's stack says where in the code; the folder says in which study. */
function withFolder(error: unknown, folder: string): unknown {
  if (error instanceof Error) error.message = `${error.message} (study ${folder})`;
  return error;
}

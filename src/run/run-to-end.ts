import { availableParallelism } from 'node:os';
import { systemClock } from '../core/clock.js';
import { createProcessPool } from '../executor/process-pool.js';
import type { WorkersAhead } from '../executor/workers-ahead.js';
import type { LeaderboardRow } from '../export/leaderboard-row.js';
import { writeStudyFiles } from '../export/write-study-files.js';
import { runStudy } from '../study/run-study.js';
import type { OpenStudy } from '../study/open-study.js';
import type { StudyVerdict } from '../study/study-verdict.js';
import type { WorkerJob, WorkerReply, WorkerSetup } from '../study/worker-job.js';
import { dataToSend } from './data-to-send.js';
import type { ReadyStudy } from './begin-study.js';
import type { FinishedStudy } from './reopen-study.js';
import type { RunOptions } from './study-options.js';
import { WORKER } from './worker-entry.js';

/** What came of a study. */
export type StudyOutcome =
  | {
      readonly state: 'finished';
      /** Where its files are. */
      readonly folder: string;
      readonly verdict: StudyVerdict;
      readonly leaderboard: readonly LeaderboardRow[];
    }
  /** The signal was aborted; `resume` goes on. */
  | { readonly state: 'interrupted'; readonly folder: string };

/**
 * Runs an open study to its end with worker processes, where it has not come there yet; writes its files and closes it.
 * @param ahead the first workers, where they were forked before
 */
export function runToEnd(
  opened: ReadyStudy | FinishedStudy,
  options: RunOptions,
  ahead?: WorkersAhead,
): Promise<StudyOutcome> {
  return opened.state === 'ready' ? trainToEnd(opened, options, ahead) : Promise.resolve(writeAgain(opened));
}

function writeAgain({ study, verdict }: FinishedStudy): StudyOutcome {
  try {
    return { state: 'finished', folder: study.folder, verdict, leaderboard: writeFiles(study) };
  } finally {
    study.close();
  }
}

function writeFiles(study: OpenStudy): readonly LeaderboardRow[] {
  const leaderboard = writeStudyFiles(study);
  study.journal.append([{ kind: 'session', change: 'finished', data: {} }]);
  return leaderboard;
}

async function trainToEnd(
  { study, registries, data }: ReadyStudy,
  { workers = availableParallelism(), tell = () => undefined, signal }: RunOptions,
  ahead: WorkersAhead | undefined,
): Promise<StudyOutcome> {
  const { provenance, folder, journal } = study;
  const { experiment, backend, dataFolders, splitHash } = provenance;
  const setup: WorkerSetup = { experiment, backend, dataFolders, splitHash, data: dataToSend(data) };
  const executor = createProcessPool<WorkerJob, WorkerReply>({
    entry: WORKER,
    ...(ahead === undefined ? {} : { ahead }),
    setup,
    workers,
    jobLimitMs: experiment.limits.trialSeconds * 1000,
    clock: systemClock,
  });
  const stop = (): void => void executor.close();
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  try {
    const result = await runStudy({ experiment, registries, data, journal, executor, tell });
    if (result.state === 'interrupted') {
      journal.append([{ kind: 'session', change: 'interrupted', data: {} }]);
      return { state: 'interrupted', folder };
    }
    return { state: 'finished', folder, verdict: result.verdict, leaderboard: writeFiles(study) };
  } finally {
    signal?.removeEventListener('abort', stop);
    // Pending work must not keep the process alive, nor outlive it.
    await executor.close();
    study.close();
  }
}

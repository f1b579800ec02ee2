import { systemClock } from '../../core/clock.js';
import { UserError } from '../../core/errors.js';
import type { WorkersAhead } from '../../executor/workers-ahead.js';
import type { ReadyStudy } from '../../run/begin-study.js';
import { runToEnd } from '../../run/run-to-end.js';
import { searchPlansRounds } from '../../study/descents.js';
import { fewSeedsNote } from '../../study/few-seeds.js';
import { planUnits } from '../../study/plan-units.js';
import { createProgress } from '../progress.js';
import type { RunOptions } from '../run-options.js';
import { showResult } from '../show-result.js';

/** The exit code of a process that Ctrl-C ended, as shells have it: 128 + SIGINT. */
const EXIT_INTERRUPTED = 130;
/** The study ran to its end and there is no loss: none of its candidates could be trained. */
const EXIT_NO_LOSS = 1;

/**
 * Runs a study that is open to its end, shows progress, and prints the result. Ctrl-C ends the workers at once; what
 * was completed is in the journal.
 */
export async function runAndShow(
  ready: ReadyStudy,
  options: RunOptions,
  ahead?: WorkersAhead,
): Promise<void> {
  const { study, registries, data } = ready;
  const { experiment, direction } = study.provenance;
  const progress = createProgress({
    experiment,
    plansRounds: searchPlansRounds(experiment, registries),
    plannedUnits: planUnits(experiment, data.heads, registries),
    direction,
    quiet: options.quiet === true || options.json === true,
    output: process.stderr,
    clock: systemClock,
  });
  const fewSeeds = fewSeedsNote(experiment);
  if (fewSeeds !== undefined) progress.note(`lossmith: ${fewSeeds}`);
  const controller = new AbortController();
  const interrupt = (): void => {
    progress.note('stopping; what was completed is kept');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const running = {
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      tell: progress.tell,
      signal: controller.signal,
    };
    const outcome = await runToEnd(ready, running, ahead);
    progress.end();
    if (outcome.state === 'interrupted') {
      process.exitCode = EXIT_INTERRUPTED;
      process.stderr.write(`lossmith: interrupted; go on with: lossmith resume ${outcome.folder}\n`);
    } else {
      if (outcome.verdict.winner === undefined) process.exitCode = EXIT_NO_LOSS;
      showResult(study, outcome.leaderboard, outcome.verdict, options);
    }
  } catch (error) {
    progress.end();
    throw error instanceof UserError ? error : withFolder(error, study.folder);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** A bug's stack says where in the code; the folder says in which study. */
function withFolder(error: unknown, folder: string): unknown {
  if (error instanceof Error) error.message = `${error.message} (study ${folder})`;
  return error;
}

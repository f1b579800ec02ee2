import { reopenStudy } from '../../run/reopen-study.js';
import { runToEnd } from '../../run/run-to-end.js';
import { namedFolders } from '../data-folders.js';
import type { RunOptions } from '../run-options.js';
import { showResult } from '../show-result.js';
import { runAndShow } from './run-and-show.js';

/** `lossmith resume DIR`: the same program again, which takes from the journal what is there. */
export async function resumeCommand(folder: string, options: RunOptions): Promise<void> {
  // Without a name the study looks where it looked before.
  const folders = namedFolders(options.data, process.env) ?? [];
  const opened = await reopenStudy(folder, folders, options.backend);
  if (opened.state === 'ready') return runAndShow(opened, options);
  process.stderr.write('lossmith: the study is finished; its files are written again\n');
  const { study, verdict } = opened;
  const outcome = await runToEnd(opened, {});
  if (outcome.state === 'finished') showResult(study, outcome.leaderboard, verdict, options);
}

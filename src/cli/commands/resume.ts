import { reopenStudy } from '../../run/reopen-study.js';
import { namedFolders } from '../data-folders.js';
import type { RunOptions } from '../run-options.js';
import { runAndShow } from './run-and-show.js';

/** `lossmith resume DIR`: the same program again, which takes from the journal what is there. */
export async function resumeCommand(folder: string, options: RunOptions): Promise<void> {
  // Without a name the study looks where it looked before.
  const folders = namedFolders(options.data, process.env) ?? [];
  await runAndShow(await reopenStudy(folder, folders, options.backend), options);
}

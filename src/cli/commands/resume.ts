import { resolve } from 'node:path';
import { reopenStudy } from '../../run/reopen-study.js';
import type { RunOptions } from '../run-options.js';
import { runAndShow } from './run-and-show.js';

/** `lossmith resume DIR`: the same program again, which takes from the journal what is there. */
export async function resumeCommand(folder: string, options: RunOptions): Promise<void> {
  const folders = options.data === undefined ? [] : [resolve(options.data)];
  await runAndShow(await reopenStudy(folder, folders, options.backend), options);
}

import type { WorkersAhead } from '../../executor/workers-ahead.js';
import { beginStudy } from '../../run/begin-study.js';
import type { Experiment } from '../../study/experiment.js';
import { dataFolders } from '../data-folders.js';
import type { RunOptions } from '../run-options.js';
import { runAndShow } from './run-and-show.js';

/** Begins a study from an experiment file and runs it. */
export async function startStudy(
  file: string,
  mode: Experiment['mode'],
  options: RunOptions & { readonly loss?: string },
  ahead: WorkersAhead,
): Promise<void> {
  const ready = await beginStudy(file, mode, {
    ...options,
    dataFolders: dataFolders(options.data, process.env),
  });
  if (ready.movedTo !== undefined) {
    process.stderr.write(`lossmith: the former study of this name is kept in ${ready.movedTo}\n`);
  }
  await runAndShow(ready, options, ahead);
}

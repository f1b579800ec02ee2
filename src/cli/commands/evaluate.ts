import type { WorkersAhead } from '../../executor/workers-ahead.js';
import type { RunOptions } from '../run-options.js';
import { startStudy } from './start-study.js';

/** `lossmith evaluate FILE`: the candidate of the file, or of `--loss`. */
export async function evaluateCommand(
  file: string,
  options: RunOptions & { readonly loss?: string },
  ahead: WorkersAhead,
): Promise<void> {
  await startStudy(file, 'evaluate', options, ahead);
}

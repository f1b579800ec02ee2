import { startStudy } from './start-study.js';
import type { WorkersAhead } from '../../executor/workers-ahead.js';
import type { RunOptions } from '../run-options.js';

/** `lossmith search FILE`. */
export async function searchCommand(file: string, options: RunOptions, ahead: WorkersAhead): Promise<void> {
  await startStudy(file, 'search', options, ahead);
}

import { readLoss } from '../read-loss.js';
import type { RunOptions } from '../run-options.js';
import { startStudy } from './start-study.js';

/** `lossmith evaluate FILE`: the candidate of the file, or of `--loss`. */
export async function evaluateCommand(
  file: string,
  options: RunOptions & { readonly loss?: string },
): Promise<void> {
  await startStudy(
    file,
    'evaluate',
    options,
    options.loss === undefined ? {} : { candidate: readLoss(options.loss) },
  );
}

import { UserError } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { TaskData } from '../problem/task-data.js';
import type { ExperimentFile } from './experiment-file.js';

/**
 * Samples that a trial may draw in one chunk. It holds the index, the weight and the loss of each, 4 bytes every time, and the
 * compiled engine holds weights and losses once more, side by side for up to 32 trials: some 200 MB for one trial, and 8 GB
 * for the largest cohort.
 */
export const MOST_DRAWN = 2 ** 24;

/**
 * Whether the steps make whole chunks that fit into memory, and a batch fits the training part.
 * @throws UserError `schema` at the place in the file
 */
export function checkTraining(
  { steps, evaluations, batchSize }: ExperimentFile['training'],
  document: YamlDocument,
  data: TaskData,
): void {
  if (steps % evaluations !== 0) {
    throw new UserError({
      code: 'schema',
      message: 'the steps must be a multiple of the evaluations',
      place: document.locate(['training', 'steps']),
      found: `${steps} steps, ${evaluations} evaluations`,
      expected: `${Math.ceil(steps / evaluations) * evaluations} steps, say`,
    });
  }
  const available = data.parts.train.length;
  if (batchSize > available) {
    throw new UserError({
      code: 'schema',
      message: 'a batch is larger than the training part',
      place: document.locate(['training', 'batchSize']),
      found: `${batchSize}`,
      expected: `at most ${available}`,
    });
  }
  const most = Math.max(1, Math.floor(MOST_DRAWN / batchSize)) * evaluations;
  if (steps > most) {
    throw new UserError({
      code: 'schema',
      message: 'the steps between two evaluations draw more samples than fit into memory',
      place: document.locate(['training', 'steps']),
      found: `${steps} steps, ${evaluations} evaluations, batches of ${batchSize}`,
      expected: `at most ${most} steps, or more evaluations`,
    });
  }
}

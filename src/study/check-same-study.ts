import { join } from 'node:path';
import { UserError } from '../core/errors.js';
import { isFile } from '../core/path-kind.js';
import { nameInFile } from './experiment-text.js';
import type { Provenance } from './provenance.js';
import { readTextFile } from './read-text-file.js';
import { EXPERIMENT_FILE, JOURNAL_FILE } from './study-folder.js';

/**
 * Whether the files of a study that lie in a folder are those of its journal: a journal that was copied there from
 * elsewhere would put its own in their place. What `experiment.yaml` does not say is not compared, and without that file
 * nothing is.
 * @throws UserError `study` where the files are of another experiment
 */
export function checkSameStudy(folder: string, { experiment, experimentHash }: Provenance): void {
  const file = join(folder, EXPERIMENT_FILE);
  if (!isFile(file)) return;
  const text = readTextFile(file);
  const name = /^name: ["']?([a-z0-9-]+)["']?\s*$/m.exec(text)?.[1];
  const hash = /^# experiment (\w+), split /m.exec(text)?.[1];
  const own = nameInFile(experiment);
  if (hash === undefined ? name === undefined || name === own : hash === experimentHash) return;
  const told = (of: string, by: string | undefined): string =>
    by === undefined ? `"${of}"` : `"${of}", experiment ${by}`;
  throw new UserError({
    code: 'study',
    message: 'the journal is of another study than the files beside it',
    place: { file: join(folder, JOURNAL_FILE) },
    found: told(own, experimentHash),
    expected: `${told(name ?? '', hash)}, as ${EXPERIMENT_FILE} has it; where that file is taken away, all are written anew`,
  });
}

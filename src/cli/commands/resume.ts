import { resolve } from 'node:path';
import { UserError } from '../../core/errors.js';
import { systemClock } from '../../core/clock.js';
import { reloadExperiment } from '../../study/load-experiment.js';
import { resumeStudy } from '../../study/open-study.js';
import type { RunOptions } from '../run-options.js';
import { runAndShow } from './run-and-show.js';

/** `lossmith resume DIR`: the same program again, which takes from the journal what is there. */
export async function resumeCommand(folder: string, options: RunOptions): Promise<void> {
  const study = resumeStudy(folder, systemClock);
  try {
    const { provenance } = study;
    if (options.backend !== 'auto' && options.backend !== provenance.backend) {
      throw new UserError({
        code: 'study',
        message: 'a study keeps its backend',
        place: { file: folder },
        found: options.backend,
        expected: provenance.backend,
      });
    }
    const folders =
      options.data === undefined
        ? provenance.dataFolders
        : [resolve(options.data), ...provenance.dataFolders];
    const { registries, data } = await reloadExperiment(provenance, folders);
    study.journal.append([{ kind: 'session', change: 'resumed', data: {} }]);
    await runAndShow(
      { ...study, provenance: { ...provenance, dataFolders: folders } },
      registries,
      data,
      options,
    );
  } catch (error) {
    study.close();
    throw error;
  }
}

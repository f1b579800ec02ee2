import { systemClock } from '../core/clock.js';
import { UserError } from '../core/errors.js';
import { reloadExperiment } from '../study/reload-experiment.js';
import { resumeStudy } from '../study/open-study.js';
import type { BackendChoice } from '../tensor/index.js';
import type { ReadyStudy } from './begin-study.js';

/**
 * Opens a study in order to go on with it.
 * @param dataFolders looked into before the folders that it began with
 * @param backend must be the study's own, or `auto`
 * @throws UserError `study` where the folder holds none, another process runs it, or its data or modules changed
 */
export async function reopenStudy(
  folder: string,
  dataFolders: readonly string[],
  backend: BackendChoice = 'auto',
): Promise<ReadyStudy> {
  const study = resumeStudy(folder, systemClock);
  try {
    const { provenance } = study;
    if (backend !== 'auto' && backend !== provenance.backend) {
      throw new UserError({
        code: 'study',
        message: 'a study keeps its backend',
        place: { file: folder },
        found: backend,
        expected: provenance.backend,
      });
    }
    const folders = [...dataFolders, ...provenance.dataFolders];
    const { registries, data } = await reloadExperiment(provenance, folders);
    study.journal.append([{ kind: 'session', change: 'resumed', data: {} }]);
    return { study: { ...study, provenance: { ...provenance, dataFolders: folders } }, registries, data };
  } catch (error) {
    study.close();
    throw error;
  }
}

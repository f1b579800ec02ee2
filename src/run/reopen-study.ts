import { systemClock } from '../core/clock.js';
import { UserError } from '../core/errors.js';
import { reloadExperiment } from '../study/reload-experiment.js';
import { resumeStudy, type OpenStudy } from '../study/open-study.js';
import { readStudyFacts } from '../study/study-facts.js';
import type { StudyVerdict } from '../study/study-verdict.js';
import type { BackendChoice } from '../tensor/index.js';
import type { ReadyStudy } from './begin-study.js';
import { checkSameSoftware } from './check-same-software.js';
import { runningSoftware } from './running-software.js';

/** A study that is open and has its verdict: there is nothing left to train. It must be closed. */
export interface FinishedStudy {
  readonly state: 'finished';
  readonly study: OpenStudy;
  readonly verdict: StudyVerdict;
}

/**
 * Opens a study in order to go on with it. One that has its verdict needs neither its data nor the software that it
 * began with: its files come from the journal.
 * @param dataFolders looked into before the folders that it began with
 * @param backend must be the study's own, or `auto`
 * @throws UserError `study` where the folder holds none or files of another one, another process runs it, or its data, its modules or the
 *   software that it computes with changed
 */
export async function reopenStudy(
  folder: string,
  dataFolders: readonly string[],
  backend: BackendChoice = 'auto',
): Promise<ReadyStudy | FinishedStudy> {
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
    const { verdict } = readStudyFacts(study.journal, provenance);
    if (verdict !== undefined) {
      study.journal.append([{ kind: 'session', change: 'resumed', data: {} }]);
      return { state: 'finished', study, verdict };
    }
    const running = await runningSoftware(provenance.backend as BackendChoice).catch((error: unknown) => {
      throw error instanceof UserError ? error.at({ file: folder }) : error;
    });
    checkSameSoftware(provenance, running, folder);
    const folders = [...dataFolders, ...provenance.dataFolders];
    const { registries, data } = await reloadExperiment(provenance, folders);
    study.journal.append([{ kind: 'session', change: 'resumed', data: {} }]);
    return {
      state: 'ready',
      study: { ...study, provenance: { ...provenance, dataFolders: folders } },
      registries,
      data,
    };
  } catch (error) {
    study.close();
    throw error;
  }
}

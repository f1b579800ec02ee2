import { join } from 'node:path';
import { systemClock } from '../core/clock.js';
import { targetDeviations } from '../data/target-deviations.js';
import { classCounts } from '../engine/class-counts.js';
import { loadSqlite } from '../journal/load-sqlite.js';
import type { Registries } from '../plugins/registries.js';
import { PARTS } from '../problem/part.js';
import type { TaskData } from '../problem/task-data.js';
import { experimentHash, type Experiment } from '../study/experiment.js';
import { loadExperiment } from '../study/load-experiment.js';
import { located } from '../study/located.js';
import { makeFolder } from '../study/make-folder.js';
import { createStudy, type OpenStudy } from '../study/open-study.js';
import type { Provenance } from '../study/provenance.js';
import { primaryMetric } from '../study/study-context.js';
import { runningSoftware } from './running-software.js';
import type { BeginOptions } from './study-options.js';

/** A study that is open, and what it runs on. The study must be closed. */
export interface ReadyStudy {
  readonly state: 'ready';
  readonly study: OpenStudy;
  readonly registries: Registries;
  readonly data: TaskData;
  /** Where the former study of this name went, if there was one. */
  readonly movedTo?: string;
}

/**
 * Makes a study from an experiment file. Everything is read and checked first; only then is anything written.
 * @throws UserError at the place in the file, or of the data, the backend, the engine, the folder; of SQLite where
 *   it does not load
 */
export async function beginStudy(
  file: string,
  mode: Experiment['mode'],
  options: BeginOptions,
): Promise<ReadyStudy> {
  const { dataFolders: folders = [], results = 'results', backend: choice = 'auto' } = options;
  const { seed, trials, engine, candidate, loss } = options;
  loadSqlite();
  const { experiment, registries, data, dataFolders } = await loadExperiment(file, folders, mode, {
    ...(candidate === undefined ? {} : { candidate }),
    ...(loss === undefined ? {} : { loss }),
    ...(seed === undefined ? {} : { seed }),
    ...(trials === undefined ? {} : { trials }),
    ...(engine === undefined ? {} : { engine }),
  });
  const software = await runningSoftware(choice);
  const provenance: Provenance = {
    experiment,
    experimentHash: experimentHash(experiment),
    splitHash: data.splitHash,
    ...software,
    direction: primaryMetric(experiment, registries).metric.direction,
    partSizes: Object.fromEntries(PARTS.map((part) => [part, data.parts[part].length])),
    heads: data.heads,
    classCounts: Object.fromEntries(
      Object.entries(classCounts(data)).map(([head, counts]) => [head, [...counts]]),
    ),
    targetDeviations: targetDeviations(data),
    taskNotes: data.notes,
    dataFolders,
  };
  located({ file: results, path: '--results' }, () => makeFolder(results));
  const { movedTo, ...study } = createStudy(join(results, experiment.name), provenance, systemClock);
  return { state: 'ready', study, registries, data, ...(movedTo === undefined ? {} : { movedTo }) };
}

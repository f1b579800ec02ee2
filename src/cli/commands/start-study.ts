import { join } from 'node:path';
import type { Candidate } from '../../candidate/candidate.js';
import { systemClock } from '../../core/clock.js';
import { VERSION } from '../../core/version.js';
import { experimentHash, type Experiment } from '../../study/experiment.js';
import { loadExperiment } from '../../study/load-experiment.js';
import { createStudy } from '../../study/open-study.js';
import type { Provenance } from '../../study/provenance.js';
import { primaryMetric } from '../../study/study-context.js';
import { PARTS } from '../../problem/part.js';
import { useBackend } from '../../tensor/index.js';
import { dataFolders } from '../data-folders.js';
import type { RunOptions } from '../run-options.js';
import { runAndShow } from './run-and-show.js';

/** Reads and checks everything first; only then is anything written. */
export async function startStudy(
  file: string,
  mode: Experiment['mode'],
  options: RunOptions,
  given: { readonly candidate?: Candidate },
): Promise<void> {
  const folders = dataFolders(options.data, process.env);
  const {
    experiment,
    registries,
    data,
    dataFolders: looked,
  } = await loadExperiment(file, folders, mode, {
    ...given,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.trials === undefined ? {} : { trials: options.trials }),
    ...(options.engine === undefined ? {} : { engine: options.engine }),
  });
  const backend = await useBackend(options.backend);
  const provenance: Provenance = {
    experiment,
    experimentHash: experimentHash(experiment),
    splitHash: data.splitHash,
    backend: backend.name,
    backendVersion: backend.version,
    version: VERSION,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
    direction: primaryMetric(experiment, registries).metric.direction,
    partSizes: Object.fromEntries(PARTS.map((part) => [part, data.parts[part].length])),
    taskNotes: data.notes,
    dataFolders: looked,
  };
  const study = createStudy(join(options.results ?? 'results', experiment.name), provenance, systemClock);
  if (study.movedTo !== undefined) {
    process.stderr.write(`lossmith: the former study of this name is kept in ${study.movedTo}\n`);
  }
  await runAndShow(study, registries, data, options);
}

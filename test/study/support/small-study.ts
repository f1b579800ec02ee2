import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { trialsCsv } from '../../../src/export/trials-csv.js';
import type { Journal } from '../../../src/journal/journal.js';
import { openJournal } from '../../../src/journal/sqlite-journal.js';
import { experimentHash } from '../../../src/study/experiment.js';
import { loadExperiment, type LoadedExperiment } from '../../../src/study/load-experiment.js';
import { createStudy } from '../../../src/study/open-study.js';
import type { Provenance } from '../../../src/study/provenance.js';
import { runStudy } from '../../../src/study/run-study.js';
import { readRecords } from '../../../src/study/study-memory.js';
import type { TrialRecord } from '../../../src/study/trial-record.js';
import { freshFolder } from '../../support/lossmith.js';
import { anyScore, oneInNine, shuffledExecutor } from './invented.js';

const EXPERIMENT = `name: small
task: { name: mixture, size: 200 }
space:
  name: families
  parameters:
    family: { type: categorical, choices: [focal, poly-1] }
    gamma: { type: float, low: 0, high: 5, when: { family: focal } }
    epsilon: { type: float, low: -1, high: 4, when: { family: poly-1 } }
  candidate: { loss: { $switch: family, cases: { focal: { name: focal, parameters: { gamma: $gamma } }, poly-1: { name: poly-1, parameters: { epsilon: $epsilon } } } } }
training: { steps: 8, batchSize: 16, evaluations: 4 }
controls: { textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
statistics: { resamples: 200 }
`;

/** The text of a small experiment with these keys of its search, as YAML in one line. */
export const smallExperiment = (search: string): string => `${EXPERIMENT}search: ${search}\n`;

/**
 * Loads a small experiment from a file in a fresh folder, or in the one given.
 * @param change of the text of the experiment
 */
export function loadSmall(
  search: string,
  folder = freshFolder(),
  change: (text: string) => string = (text) => text,
): Promise<LoadedExperiment> {
  const file = join(folder, 'small.yaml');
  writeFileSync(file, change(smallExperiment(search)));
  return loadExperiment(file, [], 'search');
}

export interface SmallRun {
  readonly records: readonly TrialRecord[];
  /** trials.csv. */
  readonly csv: string;
  readonly provenance: Provenance;
}

/**
 * Runs a study on invented scores to its end.
 * @param kills executors that are closed after ever more jobs before one is let through: each time the study goes on
 *   from its journal
 * @param folder that gets the journal; default: none, it is in memory
 */
export async function runSmall(
  loaded: LoadedExperiment,
  seed = 1,
  workers = 1,
  kills = 0,
  folder?: string,
): Promise<SmallRun> {
  const { registries, data } = loaded;
  // As a resumed study has it: from the journal.
  const experiment = JSON.parse(JSON.stringify(loaded.experiment)) as typeof loaded.experiment;
  const provenance = {
    ...{ experiment, experimentHash: experimentHash(experiment), splitHash: data.splitHash },
    ...{ backend: 'none', backendVersion: '0', version: '0', node: '0', platform: 'none' },
    direction: registries.metrics.get(experiment.metrics[0]!.name).direction,
    ...{ partSizes: {}, heads: data.heads, classCounts: {}, taskNotes: [], dataFolders: [] },
  } as Provenance;
  const clock = { now: () => seed };
  const study = folder === undefined ? undefined : createStudy(folder, provenance, clock);
  const journal: Journal = study?.journal ?? openJournal(':memory:', clock);
  for (let kill = 0; kill <= kills; kill++) {
    const most = kill < kills ? 3 + 7 * kill : Number.POSITIVE_INFINITY;
    const invention = { ...loaded, score: anyScore, diverges: oneInNine };
    const executor = shuffledExecutor(invention, seed + kill, workers, most);
    const result = await runStudy({ experiment, registries, data, journal, executor, tell: () => undefined });
    expect(result.state).toBe(kill < kills ? 'interrupted' : 'finished');
  }
  const records = readRecords(journal);
  if (study === undefined) journal.close();
  else study.close();
  return { records, csv: trialsCsv(provenance, records), provenance };
}

/** Settled trials of an arm in the search stage. */
export const ofArm = ({ records }: SmallRun, arm: string): readonly TrialRecord[] =>
  records.filter((record) => record.stage === 'search' && record.arm === arm);

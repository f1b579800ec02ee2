import { join } from 'node:path';
import type { OpenStudy } from '../study/open-study.js';
import { experimentText } from '../study/experiment-text.js';
import { EXPERIMENT_FILE } from '../study/study-folder.js';
import { readStudyFacts } from '../study/study-facts.js';
import { bestLoss } from './best-loss.js';
import { buildLeaderboard } from './build-leaderboard.js';
import { leaderboardCsv } from './leaderboard-csv.js';
import type { LeaderboardRow } from './leaderboard-row.js';
import { hypervolumeCsv, paretoFrontCsv } from './pareto-csv.js';
import { searchFront } from './search-front.js';
import { timingsCsv } from './timings-csv.js';
import { trialsCsv } from './trials-csv.js';
import { writeFileWhole } from './write-file-whole.js';

/** Derives every file of a study but the report from its journal, and returns the leaderboard. */
export function writeStudyFiles(study: OpenStudy): readonly LeaderboardRow[] {
  const { folder, journal, provenance } = study;
  const facts = readStudyFacts(journal, provenance);
  const board = buildLeaderboard([facts]);
  const write = (name: string, text: string): void => writeFileWhole(join(folder, name), text);
  write('trials.csv', trialsCsv(provenance, facts.records));
  write('leaderboard.csv', leaderboardCsv(board));
  const { foundBy } = provenance.experiment;
  const front = searchFront(facts);
  if (front !== undefined) {
    write('pareto-front.csv', paretoFrontCsv(facts, front));
    write('hypervolume.csv', hypervolumeCsv(front));
  }
  write('timings.csv', timingsCsv(journal.entries()));
  write(
    EXPERIMENT_FILE,
    experimentText(provenance.experiment, [
      `As it was run by lossmith ${provenance.version} on ${provenance.backend}, every default filled in.`,
      `experiment ${provenance.experimentHash}, split ${provenance.splitHash}`,
      ...(foundBy === undefined
        ? []
        : [
            `The loss was found by the study "${foundBy.study}", experiment ${foundBy.experimentHash}, split ${foundBy.splitHash}`,
          ]),
    ]),
  );
  const best = bestLoss(facts, board);
  if (best !== undefined) write('best-loss.json', best);
  return board;
}

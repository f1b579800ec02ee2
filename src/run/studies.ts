import { UserError } from '../core/errors.js';
import { buildLeaderboard } from '../export/build-leaderboard.js';
import type { LeaderboardRow } from '../export/leaderboard-row.js';
import { readFacts } from '../study/read-facts.js';
import { beginStudy } from './begin-study.js';
import { checkOptions, checkPath } from './check-options.js';
import { reopenStudy } from './reopen-study.js';
import { runToEnd, type StudyOutcome } from './run-to-end.js';
import type { BeginOptions, ResumeOptions } from './study-options.js';

/**
 * `lossmith search FILE` as a function: searches a loss for the task of an experiment file, judges it against the
 * controls, and writes the files of the study.
 * @throws UserError where the input is to blame; nothing is written then
 */
export async function search(file: string, options: BeginOptions = {}): Promise<StudyOutcome> {
  checkPath('search', 'file', file);
  checkOptions('search', options);
  return runToEnd(await beginStudy(file, 'search', options), options);
}

/** `lossmith evaluate FILE` as a function: trains and tests a given loss beside the controls, without a search. */
export async function evaluate(file: string, options: BeginOptions = {}): Promise<StudyOutcome> {
  checkPath('evaluate', 'file', file);
  checkOptions('evaluate', options);
  return runToEnd(await beginStudy(file, 'evaluate', options), options);
}

/** `lossmith resume DIR` as a function: goes on with a study, or writes the files of a finished one again. */
export async function resume(folder: string, options: ResumeOptions = {}): Promise<StudyOutcome> {
  checkPath('resume', 'folder', folder);
  checkOptions('resume', options);
  return runToEnd(await reopenStudy(folder, options.dataFolders ?? []), options);
}

/**
 * The ranking of one study or of several on one split and metric, as `leaderboard.csv` has it. A study may be running.
 * @throws UserError `study` where a folder holds none, or scores of two studies cannot be compared
 */
export function readLeaderboard(...folders: readonly string[]): readonly LeaderboardRow[] {
  for (const folder of folders) checkPath('readLeaderboard', 'folder', folder);
  const studies = folders.map(readFacts);
  const kinds = studies.map(
    ({ provenance: { splitHash, experiment } }) => `split ${splitHash}, ${experiment.metrics[0]!.key}`,
  );
  const other = kinds.findIndex((kind) => kind !== kinds[0]);
  if (other !== -1) {
    throw new UserError({
      code: 'study',
      message: 'only scores of one metric on one split can be ranked together',
      place: { file: folders[other]! },
      found: kinds[other]!,
      expected: kinds[0]!,
    });
  }
  return buildLeaderboard(studies);
}

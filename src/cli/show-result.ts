import type { LeaderboardRow } from '../export/leaderboard-row.js';
import type { OpenStudy } from '../study/open-study.js';
import { readStudyFacts } from '../study/study-facts.js';
import { searchEnd } from '../study/stopping.js';
import type { StudyVerdict } from '../study/study-verdict.js';
import { leaderboardTable } from './leaderboard-text.js';
import type { RunOptions } from './run-options.js';

/** Prints what a finished study found. */
export function showResult(
  study: OpenStudy,
  board: readonly LeaderboardRow[],
  verdict: StudyVerdict,
  options: RunOptions,
): void {
  const { experiment } = study.provenance;
  const end = searchEnd(readStudyFacts(study.journal, study.provenance));
  if (options.json === true) {
    const ended = end === undefined ? {} : { searchEnd: { rule: end.rule, reason: end.reason } };
    const result = { study: experiment.name, folder: study.folder, ...ended, verdict, leaderboard: board };
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    return;
  }
  if (options.quiet === true) {
    process.stdout.write(`${verdict.sentence}\n`);
    return;
  }
  const tested = board.filter(({ test }) => test.n + test.failed > 0);
  const heading = `${experiment.name}: ${experiment.metrics[0]!.key} on the test split (mean ± sd over seeds)`;
  process.stdout.write(
    `${heading}\n\n${leaderboardTable(tested, process.stdout.columns)}\n\n${verdict.sentence}\n${end === undefined ? '' : `${end.sentence}\n`}`,
  );
  const files = [
    'trials.csv',
    'leaderboard.csv',
    ...(experiment.search.objectives === undefined ? [] : ['pareto-front.csv', 'hypervolume.csv']),
    ...(verdict.winner === undefined ? [] : ['best-loss.json']),
  ];
  process.stdout.write(`\nfiles in ${study.folder}: ${files.join(', ')}; lossmith report ${study.folder}\n`);
}

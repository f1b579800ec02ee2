import { describeCandidate } from '../candidate/describe-candidate.js';
import { byNumber, byText } from '../core/order.js';
import { mean, standardDeviation } from '../statistics/summary.js';
import type { StudyFacts } from '../study/study-facts.js';
import { scoreOf, engineOf } from '../study/read-outcome.js';
import type { Stage, TrialRecord } from '../study/trial-record.js';
import { goalsOf } from '../study/goals.js';
import { goalScores, type Contender } from './goal-scores.js';
import type { LeaderboardRow, StageScores } from './leaderboard-row.js';

type UnrankedRow = Omit<LeaderboardRow, 'rank'>;

/** A row, and what its further goals are judged by. */
interface RowDraft {
  readonly row: UnrankedRow;
  readonly contender: Contender;
}

/**
 * The leaderboard of studies that share a split: who was tested first, by test mean, then who was only selected, by
 * selection mean; failed runs last; ties by study, arm and hash.
 */
export function buildLeaderboard(studies: readonly StudyFacts[]): readonly LeaderboardRow[] {
  const direction = studies[0]?.provenance.direction ?? 'maximize';
  const value = (scores: StageScores): number =>
    scores.mean === undefined || scores.failed > 0
      ? Number.POSITIVE_INFINITY
      : (direction === 'maximize' ? -1 : 1) * scores.mean;
  const tested = (row: UnrankedRow): number => (row.test.n + row.test.failed > 0 ? 0 : 1);
  const drafts = studies.flatMap(rowsOf);
  const goals = goalScores(drafts.map(({ contender }) => contender));
  const rows = drafts
    .map(({ row }, index): UnrankedRow => {
      const own = goals[index];
      return own === undefined ? row : { ...row, goals: own };
    })
    .sort(
      (a, b) =>
        tested(a) - tested(b) ||
        byNumber(value(a.test), value(b.test)) ||
        byNumber(value(a.selection), value(b.selection)) ||
        byText(a.study, b.study) ||
        a.seed - b.seed ||
        byText(a.arm, b.arm) ||
        byText(a.candidateHash, b.candidateHash),
    );
  return rows.map((row, index) => ({ rank: index + 1, ...row }));
}

function rowsOf({ provenance, records, verdict }: StudyFacts): readonly RowDraft[] {
  const { experiment } = provenance;
  const metric = experiment.metrics[0]!.key;
  const groups = new Map<string, TrialRecord[]>();
  for (const record of records) {
    if (record.stage === 'search') continue;
    const key = `${record.arm}/${record.candidateHash}`;
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const goals = goalsOf(experiment);
  return [...groups.values()].map((group): RowDraft => {
    const { arm, candidate, candidateHash } = group[0]!;
    const scores = (stage: Stage): StageScores =>
      summarise(
        group.filter((record) => record.stage === stage),
        metric,
      );
    const found = verdict?.comparisons.find((one) => one.arm === arm && one.candidateHash === candidateHash);
    const row: UnrankedRow = {
      study: experiment.name,
      arm,
      loss: describeCandidate(candidate),
      candidateHash,
      candidate,
      metric,
      test: scores('test'),
      comparison: found?.state === 'compared' ? found : undefined,
      selection: scores('selection'),
      search: searchScore(records, arm, candidateHash, metric),
      seed: experiment.seed,
      experimentHash: provenance.experimentHash,
      splitHash: provenance.splitHash,
      engine: enginesOf(group, experiment.engine),
      backend: provenance.backend,
      version: provenance.version,
    };
    return { row, contender: { goals, primary: metric, records: group } };
  });
}

/** Names of the engines that gave the scores of a row, joined by `+` where there are several. */
function enginesOf(records: readonly TrialRecord[], studyEngine: string): string {
  const names = new Set(records.flatMap(({ outcome }) => engineOf(outcome, studyEngine) ?? []));
  return names.size === 0 ? studyEngine : [...names].sort(byText).join('+');
}

function summarise(records: readonly TrialRecord[], metric: string): StageScores {
  const scores = records.flatMap(({ outcome }) => scoreOf(outcome, metric) ?? []);
  return {
    mean: scores.length === 0 ? undefined : mean(scores),
    sd: scores.length < 2 ? undefined : standardDeviation(scores),
    n: scores.length,
    failed: records.length - scores.length,
  };
}

function searchScore(
  records: readonly TrialRecord[],
  arm: string,
  candidateHash: string,
  metric: string,
): LeaderboardRow['search'] {
  const trial = records.find(
    (record) =>
      record.stage === 'search' &&
      record.arm === arm &&
      record.candidateHash === candidateHash &&
      record.outcome.state === 'completed',
  );
  const score = trial === undefined ? undefined : scoreOf(trial.outcome, metric);
  return trial === undefined || score === undefined ? undefined : { score, trial: trial.trial };
}

import { buildLeaderboard } from '../export/build-leaderboard.js';
import type { LeaderboardRow as BoardRow, StageScores } from '../export/leaderboard-row.js';
import { describeCandidate } from '../candidate/describe-candidate.js';
import type { Head } from '../problem/head.js';
import type { Registries } from '../plugins/registries.js';
import { SEARCH_ARM } from '../study/arm.js';
import type { StudyFacts } from '../study/study-facts.js';
import { scoreOf, type Stage, type TrialRecord } from '../study/trial-record.js';
import { lossShapeOf } from './loss-shape-of.js';
import { countStates } from './count-states.js';
import { scheduleCurves } from './schedule-curves.js';
import type {
  Fact,
  FunnelStage,
  LeaderboardRow,
  LearningCurve,
  ReportModel,
  SearchHistory,
  StageScore,
} from './report-model.js';

export interface ReportInput {
  readonly facts: StudyFacts;
  readonly registries: Registries;
  readonly heads: readonly Head[];
  /** Training samples by class and head. */
  readonly classCounts: Readonly<Record<string, Float32Array>>;
}

/** The report of a study from what its journal holds. Draws the found loss, so a TensorFlow.js backend must be in use. */
export function buildReportModel({ facts, registries, heads, classCounts }: ReportInput): ReportModel {
  const { provenance, records, verdict } = facts;
  const { experiment } = provenance;
  const board = buildLeaderboard([facts]);
  const winner = verdict?.winner;
  const metric = experiment.metrics[0]!;
  const head = heads.find(({ name }) => name === metric.head)!;
  return {
    study: experiment.name,
    packageVersion: provenance.version,
    seed: experiment.seed,
    engine: experiment.engine,
    backend: provenance.backend,
    task: {
      name: experiment.task.name,
      summary: experiment.description ?? registries.tasks.get(experiment.task.name).summary,
      notes: provenance.taskNotes,
      parts: Object.entries(provenance.partSizes).map(([name, size]) => ({ name, size })),
    },
    metric: { key: metric.key, direction: provenance.direction },
    ...(verdict?.judged === undefined ? {} : { verdict: verdict.judged }),
    ...(verdict?.outcome === 'not-judged' ? { notJudged: verdict.sentence } : {}),
    leaderboard: board.map((row) => leaderboardRow(row, winner?.candidateHash)),
    history: searchHistory(facts),
    learningCurves: learningCurves(records, board),
    ...(winner === undefined
      ? {}
      : {
          lossShape: lossShapeOf({
            candidate: winner.candidate,
            head,
            plainLoss: experiment.plainLoss[head.name]!,
            classCounts: classCounts[head.name],
            losses: registries.losses,
            schedules: registries.schedules,
          }),
          found: {
            candidate: winner.candidate,
            hash: winner.candidateHash,
            text: describeCandidate(winner.candidate),
          },
        }),
    schedules: winner === undefined ? [] : scheduleCurves(winner.candidate, heads, registries),
    trialCounts: countStates(records),
    funnel: funnel(records),
    environment: environment(facts),
    provenance: [
      { name: 'experiment hash', value: provenance.experimentHash },
      { name: 'split hash', value: provenance.splitHash },
      ...(experiment.spaceHash === undefined ? [] : [{ name: 'space hash', value: experiment.spaceHash }]),
    ],
  };
}

function environment({ provenance }: StudyFacts): readonly Fact[] {
  const { experiment } = provenance;
  return [
    { name: 'Node', value: provenance.node },
    { name: 'platform', value: provenance.platform },
    { name: 'TensorFlow.js', value: provenance.backendVersion },
    { name: 'sampler', value: experiment.search.sampler.name },
    { name: 'fidelity', value: experiment.search.fidelity.name },
    { name: 'steps of a training', value: experiment.training.steps },
  ];
}

function stageScore({ mean, sd, n }: StageScores): StageScore | undefined {
  if (mean === undefined) return undefined;
  return { mean, count: n, ...(sd === undefined ? {} : { standardDeviation: sd }) };
}

function leaderboardRow(row: BoardRow, winner: string | undefined): LeaderboardRow {
  const search = row.search === undefined ? undefined : { mean: row.search.score, count: 1 };
  const selection = stageScore(row.selection);
  const test = stageScore(row.test);
  const found = row.arm === SEARCH_ARM && row.candidateHash === winner;
  return {
    rank: row.rank,
    role: found ? 'winner' : row.arm === SEARCH_ARM ? 'finalist' : 'control',
    name: row.arm,
    text: row.loss,
    hash: row.candidateHash,
    stages: {
      ...(search === undefined ? {} : { search }),
      ...(selection === undefined ? {} : { selection }),
      ...(test === undefined ? {} : { test }),
    },
  };
}

/** Trials of the sampled arms; textbook controls as lines. */
function searchHistory({ provenance, records }: StudyFacts): SearchHistory {
  const { experiment } = provenance;
  const key = experiment.metrics[0]!.key;
  const searched = records.filter(({ stage }) => stage === 'search');
  const sampled = searched.filter(({ assignment }) => assignment !== undefined);
  return {
    trials: sampled.map(({ index, arm, outcome }) => {
      const value = scoreOf(outcome, key);
      return {
        trial: index,
        arm,
        fidelity: 'fidelity' in outcome ? outcome.fidelity / experiment.training.evaluations : 1,
        ...(value === undefined ? {} : { value }),
      };
    }),
    controls: searched
      .filter(({ assignment, arm }) => assignment === undefined && arm !== SEARCH_ARM)
      .flatMap(({ arm, outcome }) => {
        const value = scoreOf(outcome, key);
        return value === undefined ? [] : [{ name: arm, value }];
      }),
  };
}

/** The curve of the first test seed of each finalist, as the leaderboard ranks them. */
function learningCurves(
  records: readonly TrialRecord[],
  board: readonly BoardRow[],
): readonly LearningCurve[] {
  const arms = new Set<string>();
  const curves = records.flatMap(({ stage, arm, candidateHash, outcome }) => {
    if (stage !== 'test' || outcome.state !== 'completed' || arms.has(arm)) return [];
    arms.add(arm);
    const rank = board.find((row) => row.arm === arm && row.candidateHash === candidateHash)?.rank;
    return [{ rank: rank ?? board.length + 1, curve: { name: arm, points: outcome.curve } }];
  });
  return curves.sort((a, b) => a.rank - b.rank).map(({ curve }) => curve);
}

function funnel(records: readonly TrialRecord[]): readonly FunnelStage[] {
  const stages: readonly { readonly stage: Stage; readonly part: string }[] = [
    { stage: 'search', part: 'validation' },
    { stage: 'selection', part: 'selection' },
    { stage: 'test', part: 'test' },
  ];
  return stages.flatMap(({ stage, part }) => {
    const inside = records.filter((record) => record.stage === stage);
    if (inside.length === 0) return [];
    const arms = new Set(
      inside.map(({ arm, candidateHash, index }) => `${arm}/${stage === 'search' ? index : candidateHash}`),
    );
    const seeds = new Set(inside.map(({ seed }) => seed));
    return [{ stage, arms: arms.size, seedsEach: seeds.size, part }];
  });
}

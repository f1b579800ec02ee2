import { describeCandidate } from '../candidate/describe-candidate.js';
import { buildLeaderboard } from '../export/build-leaderboard.js';
import type { Registries } from '../plugins/registries.js';
import type { Head } from '../problem/head.js';
import { SEARCH_ARM } from '../study/arm.js';
import { countText } from '../statistics/number-text.js';
import { lastPieces, searchPlansRounds } from '../study/descents.js';
import { startFromText } from '../study/start-from.js';
import { searchEnd } from '../study/stopping.js';
import type { StudyFacts } from '../study/study-facts.js';
import type { StudyVerdict } from '../study/study-verdict.js';
import { countStates } from './model/count-states.js';
import { firstTestRun } from './model/first-test-run.js';
import { frontModel } from './model/front-model.js';
import { funnelStages } from './model/funnel-stages.js';
import { importanceOf } from './model/importance-of.js';
import { learningCurvesOf } from './model/learning-curves-of.js';
import { lossShapeOf } from './model/loss-shape-of.js';
import { rankedRows } from './model/ranked-rows.js';
import { sampleWeights } from './model/sample-weights.js';
import { scheduleCurves } from './model/schedule-curves.js';
import { searchHistory } from './model/search-history.js';
import type { Fact, ReportModel } from './report-model.js';

export interface ReportInput {
  readonly facts: StudyFacts;
  readonly registries: Registries;
  readonly heads: readonly Head[];
  /** Training samples by class and head. */
  readonly classCounts: Readonly<Record<string, Float32Array>>;
  /** Of the training targets, by output and regression head, as far as they are known. */
  readonly targetDeviations: Readonly<Record<string, readonly number[]>>;
}

/** The report of a study from what its journal holds. Draws the found loss, so a TensorFlow.js backend must be in use. */
export function buildReportModel(input: ReportInput): ReportModel {
  const { facts, registries } = input;
  const { provenance, records, verdict } = facts;
  const { experiment } = provenance;
  const board = buildLeaderboard([facts]);
  const stop = searchEnd(facts);
  const importance = importanceOf(facts, registries);
  const front = frontModel(facts);
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
    metric: { key: experiment.metrics[0]!.key, direction: provenance.direction },
    ...(verdict?.judged === undefined ? {} : { verdict: verdict.judged }),
    ...(verdict?.testSeenBy === undefined ? {} : { testSeen: true }),
    ...(verdict?.outcome === 'not-judged' ? { notJudged: verdict.sentence } : {}),
    leaderboard: rankedRows(board, verdict?.winner?.candidateHash),
    history: searchHistory(facts),
    searchNotes: searchNotesOf(facts),
    ...(front === undefined ? {} : { front }),
    learningCurves: learningCurvesOf(board, records),
    schedules: [],
    ...(verdict?.winner === undefined ? {} : foundLoss(input, verdict.winner)),
    trialCounts: countStates(records, searchPlansRounds(experiment, registries)),
    ...(importance === undefined ? {} : { importance }),
    funnel: funnelStages(records),
    environment: environment(facts),
    provenance: [
      { name: 'experiment hash', value: provenance.experimentHash },
      { name: 'split hash', value: provenance.splitHash },
      ...(experiment.search.startFrom === undefined
        ? []
        : [{ name: 'started from experiment', value: experiment.search.startFrom.origin.experimentHash }]),
      ...(stop === undefined ? [] : [{ name: 'search stopped by', value: stop.rule }]),
      ...(experiment.spaceHash === undefined ? [] : [{ name: 'space hash', value: experiment.spaceHash }]),
    ],
  };
}

function searchNotesOf(facts: StudyFacts): readonly string[] {
  const { experiment, splitHash } = facts.provenance;
  const { enqueue = [], startFrom } = experiment.search;
  const end = searchEnd(facts);
  return [
    ...(enqueue.length === 0
      ? []
      : [`${countText(enqueue.length, 'point')} of the experiment file came first in the search.`]),
    ...(startFrom === undefined ? [] : [startFromText(startFrom, splitHash)]),
    ...piecesNote(facts),
    ...(end === undefined ? [] : [end.sentence]),
  ];
}

/** What trials are where they go on with the training of others. */
function piecesNote({ records }: StudyFacts): readonly string[] {
  const tried = records.filter(({ stage, arm }) => stage === 'search' && arm === SEARCH_ARM);
  const trainings = lastPieces(tried).length;
  if (trainings === tried.length) return [];
  const whole = tried.filter(({ outcome }) => outcome.state === 'completed').length;
  return [
    `The ${countText(tried.length, 'trial')} of the search are pieces of ${countText(trainings, 'training')}: a piece ` +
      `went on in another trial, or its training ended with it, by plan or by a fault; ${whole} reached the end.`,
  ];
}

/** What is told of the winner, and drawn. */
function foundLoss(
  { facts, registries, heads, classCounts, targetDeviations }: ReportInput,
  { candidate, candidateHash }: NonNullable<StudyVerdict['winner']>,
): Pick<ReportModel, 'found' | 'lossShape' | 'schedules' | 'sampleWeights'> {
  const { experiment } = facts.provenance;
  const head = heads.find(({ name }) => name === experiment.metrics[0]!.head)!;
  const weights = sampleWeights(candidate.curriculum);
  const curve = firstTestRun(facts.records, { arm: SEARCH_ARM, candidateHash });
  const run = curve === undefined ? undefined : { steps: experiment.training.steps, curve };
  return {
    found: { candidate, hash: candidateHash, text: describeCandidate(candidate) },
    lossShape: lossShapeOf({
      candidate,
      head,
      plainLoss: experiment.plainLoss[head.name]!,
      classCounts: classCounts[head.name],
      targetDeviations: targetDeviations[head.name],
      losses: registries.losses,
      schedules: registries.schedules,
    }),
    schedules: scheduleCurves(candidate, heads, registries, run),
    ...(weights === undefined ? {} : { sampleWeights: weights }),
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

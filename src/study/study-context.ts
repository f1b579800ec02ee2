import type { Executor } from '../executor/executor.js';
import type { Journal } from '../journal/journal.js';
import type { Metric } from '../metrics/metric.js';
import type { Registries } from '../plugins/registries.js';
import type { TaskData } from '../problem/task-data.js';
import type { Experiment } from './experiment.js';
import { goalsOf, type Goals, type WithGoals } from './goals.js';
import type { StudyMemory } from './study-memory.js';
import type { Stage, TrialRecord } from './trial-record.js';
import type { WorkerJob, WorkerReply } from './worker-job.js';

/** News for whoever shows progress; nothing depends on it. */
export type StudyNews =
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** A piece of training ended; `units` in evaluations, out of the `plannedUnits` of the study. */
  | { readonly kind: 'piece'; readonly units: number }
  /** Something that the user should know; the same line may come several times. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'told'; readonly record: TrialRecord };

/** What the stages of a study work with. */
export interface StudyContext {
  readonly experiment: Experiment;
  readonly registries: Registries;
  readonly data: TaskData;
  readonly journal: Journal;
  readonly memory: StudyMemory;
  readonly executor: Executor<WorkerJob, WorkerReply>;
  readonly metric: PrimaryMetric;
  readonly tell: (news: StudyNews) => void;
}

/** The metric that everything is judged by. */
export interface PrimaryMetric {
  readonly key: string;
  readonly head: string;
  readonly metric: Metric;
  /** Further objectives and constraints; absent where there are none. */
  readonly goals?: Goals;
  /** A score as a value to be minimised; +Infinity for no score, or one that is no finite number. */
  value(score: number | undefined): number;
}

export function primaryMetric(
  experiment: Pick<Experiment, 'metrics'> & WithGoals,
  registries: Pick<Registries, 'metrics'>,
): PrimaryMetric {
  const { key, name, head } = experiment.metrics[0]!;
  const metric = registries.metrics.get(name);
  const goals = goalsOf(experiment);
  const sign = metric.direction === 'maximize' ? -1 : 1;
  return {
    key,
    head,
    metric,
    ...(goals === undefined ? {} : { goals }),
    value: (score) =>
      score === undefined || !Number.isFinite(score) ? Number.POSITIVE_INFINITY : sign * score,
  };
}

/** Thrown through the stages when the executor was closed under them; what was completed is in the journal. */
export class StudyInterrupted extends Error {
  override readonly name = 'StudyInterrupted';
}

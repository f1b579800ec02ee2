import type { Executor } from '../executor/executor.js';
import type { Journal } from '../journal/journal.js';
import type { Registries } from '../plugins/registries.js';
import type { TaskData } from '../problem/task-data.js';
import { SEARCH_ARM, type Arm } from './arm.js';
import { bestOfSearch, winnersOfSelection } from './choose-finalists.js';
import { createArms } from './create-arms.js';
import type { Experiment } from './experiment.js';
import { judge } from './judge.js';
import { plainArm } from './plain-arm.js';
import { runReplicates, type Finalist } from './run-replicates.js';
import { searchStage, type SearchLedger } from './search-stage.js';
import { StudyInterrupted, primaryMetric, type StudyContext, type StudyNews } from './study-context.js';
import { createStudyMemory } from './study-memory.js';
import type { StudyVerdict } from './study-verdict.js';
import type { SettledTrial } from './settled-trial.js';
import type { WorkerJob, WorkerReply } from './worker-job.js';

export interface StudyInput {
  readonly experiment: Experiment;
  readonly registries: Registries;
  readonly data: TaskData;
  readonly journal: Journal;
  readonly executor: Executor<WorkerJob, WorkerReply>;
  /** Told what happens, for progress; must not throw. */
  readonly tell: (news: StudyNews) => void;
}

export type StudyResult =
  | { readonly state: 'finished'; readonly verdict: StudyVerdict }
  /** The executor was closed: resume goes on from the journal. */
  | { readonly state: 'interrupted' };

/**
 * Runs a study to its end, or goes on with one: search, selection, test, verdict. What the journal holds already
 * is taken from it; the rest is done and journaled. Does not close the journal or the executor.
 */
export async function runStudy(input: StudyInput): Promise<StudyResult> {
  const { experiment, registries, data } = input;
  const context: StudyContext = {
    ...input,
    memory: createStudyMemory(input.journal),
    metric: primaryMetric(experiment, registries),
  };
  try {
    context.tell({ kind: 'stage', stage: 'search' });
    context.memory.openStage('search');
    const ledger: SearchLedger = { trials: 0, owners: new Map() };
    const plain = plainArm(experiment, data.heads, registries);
    const plainArms = plain === undefined ? [] : [plain];
    const tuned = await searchStage(context, plainArms, ledger);
    const learningRate = tunedLearningRate(context, plainArms, tuned);
    const others = createArms(experiment, data.heads, registries, learningRate);
    const arms = [...others, ...plainArms];
    const searched = [...tuned, ...(await searchStage(context, others, ledger))];
    const { winners, selected } = await selectionStage(context, arms, searched);
    const finalists = [...winners, ...given(arms, searched)];
    context.tell({ kind: 'stage', stage: 'test' });
    const tested = finalists.some(({ arm }) => arm === SEARCH_ARM)
      ? await runReplicates(
          context,
          'test',
          finalists,
          experiment.test.seeds,
          searched.length + selected.length,
        )
      : [];
    const verdict = judge(context, finalists, [...searched, ...selected, ...tested]);
    return { state: 'finished', verdict };
  } catch (error) {
    if (error instanceof StudyInterrupted) return { state: 'interrupted' };
    throw error;
  }
}

/**
 * What the other arms train with: the learning rate that served the plain loss best in its search. Tuned first and
 * shared, it makes the terms equal, or better for the plain loss; each arm's trials then go into the loss. In an
 * evaluation the controls take that of the given loss.
 */
function tunedLearningRate(
  context: StudyContext,
  plainArms: readonly Arm[],
  tuned: readonly SettledTrial[],
): number | undefined {
  const { candidate } = context.experiment;
  return (bestOfSearch(tuned, plainArms, context.metric, 1)[0]?.candidate ?? candidate)?.learningRate;
}

async function selectionStage(
  context: StudyContext,
  arms: readonly Arm[],
  searched: readonly SettledTrial[],
): Promise<{ readonly winners: readonly Finalist[]; readonly selected: readonly SettledTrial[] }> {
  const { selection } = context.experiment;
  const best = bestOfSearch(searched, arms, context.metric, selection.top);
  if (best.length === 0) return { winners: [], selected: [] };
  context.tell({ kind: 'stage', stage: 'selection' });
  const selected = await runReplicates(context, 'selection', best, selection.seeds, searched.length);
  return { winners: winnersOfSelection(selected, arms, context.metric), selected };
}

/** Given candidates that could be trained go to the test stage as they are: there is nothing to select. */
function given(arms: readonly Arm[], searched: readonly SettledTrial[]): readonly Finalist[] {
  return arms.flatMap((arm) => {
    if (arm.kind !== 'given') return [];
    const trained = searched.some(
      ({ arm: name, outcome }) => name === arm.name && outcome.state === 'completed',
    );
    return trained ? [{ arm: arm.name, candidate: arm.candidate }] : [];
  });
}

import type { Candidate } from '../candidate/candidate.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { Registries } from '../plugins/registries.js';
import type { TaskData } from '../problem/task-data.js';
import type { Space } from '../space/space.js';
import type { TaskDefaults } from '../tasks/task.js';
import { checkCandidate } from '../trial/check-candidate.js';
import { checkDefined } from './check-defined.js';
import { checkSpace } from './check-space.js';
import { checkTraining } from './check-training.js';
import { checkedMember } from './checked-member.js';
import type { Experiment, MemberChoice } from './experiment.js';
import type { ExperimentFile } from './experiment-file.js';
import { checkGoals } from './check-goals.js';
import { EVALUATION } from './experiment-text.js';
import type { SpaceSource } from './find-space.js';
import type { GivenLoss } from './given-loss.js';
import { locatedCandidate } from './located-candidate.js';
import { resolveGoals } from './resolve-goals.js';
import { resolveMetrics } from './resolve-metrics.js';
import { resolveOptimizer } from './resolve-optimizer.js';
import { resolveSearch } from './resolve-search.js';
import { resolveStartFrom } from './resolve-start-from.js';
import { primaryMetric } from './study-context.js';

/** What the command line may change. */
export interface Overrides {
  readonly seed?: number;
  readonly trials?: number;
  readonly engine?: string;
  readonly candidate?: Candidate;
  /** File of the given loss. */
  readonly loss?: string;
}

export interface ResolveInput {
  /** Of the experiment file: what it names by a path is found from there. */
  readonly folder: string;
  /** Name of an engine that runs on this machine. */
  readonly engine: string;
  readonly file: ExperimentFile;
  readonly document: YamlDocument;
  readonly mode: Experiment['mode'];
  readonly registries: Registries;
  readonly task: MemberChoice;
  readonly data: TaskData;
  readonly defaults: TaskDefaults;
  readonly use: readonly string[];
  readonly useHash: string;
  readonly space?: Space;
  readonly spaceSource?: SpaceSource;
  readonly given?: GivenLoss;
  readonly overrides: Overrides;
}

/**
 * Fills in every default and checks every name, option and combination of an experiment.
 * @throws UserError at the place in the file.
 */
export function resolveExperiment(input: ResolveInput): Experiment {
  const { file, document, mode, registries, data, defaults, overrides, engine, space, given } = input;
  const { training } = file;
  checkTraining(training, document, data);
  const model = checkedMember(document, ['model'], file.model ?? defaults.model, registries.models);
  const optimizer = resolveOptimizer(file.optimizer, document);
  if (space !== undefined) checkSpace(space, input.spaceSource!, data.heads, registries);
  const trials = overrides.trials ?? file.search.trials;
  const search = resolveSearch(file, document, registries, space, trials);
  const metrics = resolveMetrics(file, document, data.heads, registries, defaults);
  checkDefined(metrics[0]!, mode, data, registries, document.locate(['metrics', 0]));
  const { objectives, constraints } = resolveGoals(file, document, metrics, mode, registries);
  const startsFrom = file.search.startFrom !== undefined;
  checkGoals({ objectives, constraints, metrics, search, startsFrom, mode, data, registries, document });
  const choice = space === undefined ? undefined : file.search.startFrom;
  const startFrom =
    choice === undefined
      ? undefined
      : resolveStartFrom({
          ...{ choice, document, folder: input.folder, space: space! },
          metric: primaryMetric({ metrics }, registries),
          room: trials - (search.enqueue?.length ?? 0),
        });
  if (given !== undefined) {
    locatedCandidate(given.candidate, given.locate, () =>
      checkCandidate(given.candidate, data.heads, registries),
    );
  }

  return {
    name: mode === 'search' ? file.name : `${file.name}${EVALUATION}`,
    ...(file.description === undefined ? {} : { description: file.description }),
    mode,
    use: input.use,
    useHash: input.useHash,
    seed: overrides.seed ?? file.seed,
    engine,
    task: input.task,
    model,
    optimizer,
    training,
    metrics,
    plainLoss: defaults.plainLoss,
    ...(input.spaceSource === undefined ? {} : { space: input.spaceSource.definition }),
    ...(space === undefined ? {} : { spaceHash: space.hash }),
    ...(given === undefined ? {} : { candidate: given.candidate }),
    ...(given?.foundBy === undefined ? {} : { foundBy: given.foundBy }),
    search: {
      ...search,
      ...(startFrom === undefined ? {} : { startFrom }),
      ...(objectives === undefined ? {} : { objectives }),
    },
    ...(constraints === undefined ? {} : { constraints }),
    controls: file.controls,
    selection: file.selection,
    test: file.test,
    statistics: file.statistics,
    limits: file.limits,
  };
}

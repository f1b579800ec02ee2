import type { Candidate } from '../candidate/candidate.js';
import { UserError } from '../core/errors.js';
import type { Json } from '../core/json.js';
import type { Named, Registry } from '../core/registry.js';
import { checkWith, type YamlDocument } from '../core/yaml-file.js';
import { checkCandidate } from '../trial/check-candidate.js';
import type { Registries } from '../plugins/registries.js';
import { checkSampler } from '../search/check-sampler.js';
import type { Space } from '../space/space.js';
import type { TaskData } from '../problem/task-data.js';
import type { TaskDefaults } from '../tasks/task.js';
import { builtinOptimizers } from '../train/registry.js';
import type { Experiment, MemberChoice } from './experiment.js';
import { EVALUATION } from './experiment-text.js';
import type { ExperimentFile } from './experiment-file.js';
import { checkDefined } from './check-defined.js';
import { checkSpace } from './check-space.js';
import { located } from './located.js';
import { memberChoice } from './member-choice.js';
import { resolveMetrics } from './resolve-metrics.js';

/** What the command line may change. */
export interface Overrides {
  readonly seed?: number;
  readonly trials?: number;
  readonly engine?: string;
  readonly candidate?: Candidate;
}

export interface ResolveInput {
  /** Name of an engine that runs on this machine. */
  readonly engine: string;
  readonly file: ExperimentFile;
  readonly document: YamlDocument;
  readonly mode: Experiment['mode'];
  readonly registries: Registries;
  readonly data: TaskData;
  readonly defaults: TaskDefaults;
  readonly use: readonly string[];
  readonly useHash: string;
  readonly space?: Space;
  readonly spaceDefinition?: Json;
  readonly candidate?: Candidate;
  readonly overrides: Overrides;
}

/**
 * Fills in every default and checks every name, option and combination of an experiment.
 * @throws UserError at the place in the file.
 */
export function resolveExperiment(input: ResolveInput): Experiment {
  const { file, document, mode, registries, data, defaults, overrides, engine } = input;
  const { training } = file;
  if (training.steps % training.evaluations !== 0) {
    throw new UserError({
      code: 'schema',
      message: 'the steps must be a multiple of the evaluations',
      place: document.locate(['training', 'steps']),
      found: `${training.steps} steps, ${training.evaluations} evaluations`,
      expected: `${Math.ceil(training.steps / training.evaluations) * training.evaluations} steps, say`,
    });
  }
  if (training.batchSize > data.parts.train.length) {
    throw new UserError({
      code: 'schema',
      message: 'a batch is larger than the training part',
      place: document.locate(['training', 'batchSize']),
      found: `${training.batchSize}`,
      expected: `at most ${data.parts.train.length}`,
    });
  }
  const model = checkedMember(
    document,
    ['model'],
    memberChoice(file.model ?? defaults.model),
    registries.models,
  );
  const { learningRate, tuneWithin, ...optimizerOptions } = file.optimizer;
  const optimizer = memberChoice(optimizerOptions);
  const rule = located(document.locate(['optimizer']), () => builtinOptimizers.get(optimizer.name));
  // The name is part of an optimizer's settings, which are a union told apart by it.
  checkWith<unknown>(rule.schema, optimizerOptions, (inner, target) =>
    document.locate(['optimizer', ...inner], target),
  );
  const { sampler, fidelity } = file.search;
  const samplerChoice = checkedMember(
    document,
    ['search', 'sampler'],
    memberChoice(sampler),
    registries.samplers,
  );
  const fidelityChoice = checkedMember(
    document,
    ['search', 'fidelity'],
    memberChoice(fidelity),
    registries.fidelityPolicies,
  );
  const samplerMember = registries.samplers.get(samplerChoice.name);
  const samplerOptions: never = samplerMember.schema.parse(samplerChoice.options) as never;

  let wave = file.search.wave ?? 1;
  if (input.space !== undefined) {
    const { space } = input;
    checkSpace(space, data.heads, registries, document);
    located(document.locate(['search', 'sampler']), () =>
      checkSampler(samplerMember, space, samplerOptions, registries.samplers.members),
    );
    wave = file.search.wave ?? samplerMember.waveSize(space, samplerOptions);
    const policy = registries.fidelityPolicies.get(fidelityChoice.name);
    located(document.locate(['search', 'fidelity']), () =>
      policy.bracket({
        options: policy.schema.parse(fidelityChoice.options) as never,
        index: 0,
        full: training.evaluations,
        waveSize: wave,
      }),
    );
  }
  const metrics = resolveMetrics(file, document, data.heads, registries, defaults);
  checkDefined(metrics[0]!, mode, data, registries, document.locate(['metrics', 0]));
  if (input.candidate !== undefined) {
    const { candidate } = input;
    located(document.locate(['candidate']), () => checkCandidate(candidate, data.heads, registries));
  }

  return {
    name: mode === 'search' ? file.name : `${file.name}${EVALUATION}`,
    ...(file.description === undefined ? {} : { description: file.description }),
    mode,
    use: input.use,
    useHash: input.useHash,
    seed: overrides.seed ?? file.seed,
    engine,
    task: memberChoice(file.task),
    model,
    optimizer: { ...optimizer, learningRate, tuneWithin },
    training,
    metrics,
    plainLoss: defaults.plainLoss,
    ...(input.spaceDefinition === undefined ? {} : { space: input.spaceDefinition }),
    ...(input.space === undefined ? {} : { spaceHash: input.space.hash }),
    ...(input.candidate === undefined ? {} : { candidate: input.candidate }),
    search: {
      trials: overrides.trials ?? file.search.trials,
      sampler: samplerChoice,
      fidelity: fidelityChoice,
      wave,
    },
    controls: file.controls,
    selection: file.selection,
    test: file.test,
    statistics: file.statistics,
    limits: file.limits,
  };
}

/** Name known, options right; returns the choice as the user wrote it. */
function checkedMember(
  document: YamlDocument,
  path: readonly string[],
  choice: MemberChoice,
  registry: Registry<Named & { readonly schema: Parameters<typeof checkWith>[0] }>,
): MemberChoice {
  const member = located(document.locate([...path]), () => registry.get(choice.name));
  checkWith(member.schema, choice.options, (inner, target) => document.locate([...path, ...inner], target));
  return choice;
}

import { UserError, type Place } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';
import { full } from '../fidelity/full.js';
import type { Registries } from '../plugins/registries.js';
import { builtinStoppingRules } from '../stopping/registry.js';
import type { TaskData } from '../problem/task-data.js';
import { checkDefined } from './check-defined.js';
import type { Experiment } from './experiment.js';
import type { ResolvedGoals } from './resolve-goals.js';

/**
 * Whether the metrics of the goals have a value on every part that is scored, the sampler can search for several
 * objectives, and no trial is stopped early: what such a trial would reach in every metric, and whether it would keep
 * the constraints, is not known.
 * @throws UserError `unsupported` or `data`, at the place in the file
 */
export function checkGoals(request: {
  readonly objectives: ResolvedGoals['objectives'];
  readonly constraints: ResolvedGoals['constraints'];
  readonly metrics: Experiment['metrics'];
  readonly search: Pick<Experiment['search'], 'sampler' | 'fidelity' | 'stop'>;
  /** Whether the search starts from an earlier study. */
  readonly startsFrom: boolean;
  readonly mode: Experiment['mode'];
  readonly data: TaskData;
  readonly registries: Registries;
  readonly document: YamlDocument;
}): void {
  const { objectives, constraints, metrics, search, startsFrom, mode, data, registries, document } = request;
  const defined = (key: string, path: readonly (string | number)[]): void => {
    // The primary one is checked wherever it stands.
    const metric = metrics.slice(1).find((one) => one.key === key);
    if (metric !== undefined) checkDefined(metric, mode, data, registries, document.locate(path));
  };
  objectives?.forEach(({ key }, index) => defined(key, ['search', 'objectives', index]));
  constraints?.forEach(({ metric }, index) => defined(metric, ['constraints', index, 'metric']));
  if (mode === 'evaluate') return;
  if (objectives !== undefined) {
    checkSeveral(search.sampler.name, registries, document);
    checkRules(search.stop ?? [], document);
  }
  if (objectives !== undefined || constraints !== undefined) {
    const what = objectives === undefined ? 'constraints' : 'several objectives';
    if (startsFrom) {
      throw new UserError({
        code: 'unsupported',
        message: `with ${what} a search cannot start from an earlier study, of which it knows the primary metric alone`,
        place: document.locate(['search', 'startFrom']),
      });
    }
    checkFull(search.fidelity.name, what, document.locate(['search', 'fidelity']));
    const { name, rounds } = registries.samplers.get(search.sampler.name);
    // It takes the place of the policy, and of its trials too not all train to the end.
    if (rounds !== undefined) {
      const place = document.locate(['search', 'sampler']);
      checkFull(name, what, place, 'a sampler whose trials all train to the end');
    }
  }
}

/** Rules that look at values look at those of the primary metric: the front may grow while they see nothing. */
function checkRules(rules: NonNullable<Experiment['search']['stop']>, document: YamlDocument): void {
  rules.forEach(({ name }, index) => {
    if (builtinStoppingRules.get(name).budgetOnly === true) return;
    const able = builtinStoppingRules.members.filter(({ budgetOnly }) => budgetOnly === true);
    throw new UserError({
      code: 'unsupported',
      message: `the stopping rule "${name}" looks at one objective`,
      place: document.locate(['search', 'stop', index]),
      found: 'several in search.objectives',
      expected: `one of the rules ${able.map((one) => one.name).join(', ')}`,
    });
  });
}

function checkSeveral(name: string, { samplers }: Registries, document: YamlDocument): void {
  if (samplers.get(name).severalObjectives === true) return;
  const able = samplers.members.filter(({ severalObjectives }) => severalObjectives === true);
  throw new UserError({
    code: 'unsupported',
    message: `the sampler "${name}" searches for one objective`,
    place: document.locate(['search', 'sampler']),
    found: 'several in search.objectives',
    expected: `one of the samplers ${able.map((one) => one.name).join(', ')}`,
  });
}

function checkFull(name: string, what: string, place: Place, expected: string = full.name): void {
  if (name === full.name) return;
  throw new UserError({
    code: 'unsupported',
    message: `with ${what} no trial can be stopped early: who is ahead at a part of the training is not defined`,
    place,
    found: name,
    expected,
  });
}

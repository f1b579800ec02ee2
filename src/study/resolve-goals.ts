import { UserError, type Place } from '../core/errors.js';
import { unknownName } from '../core/registry.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { Registries } from '../plugins/registries.js';
import type { Constraint } from './constraints.js';
import type { Experiment } from './experiment.js';
import type { ExperimentFile } from './experiment-file.js';
import type { Objective } from './objectives.js';

type Metrics = Experiment['metrics'];

export interface ResolvedGoals {
  readonly objectives: readonly Objective[] | undefined;
  readonly constraints: readonly Constraint[] | undefined;
}

/**
 * The objectives and the constraints of an experiment; undefined where the primary metric alone is searched for, or
 * nothing is (an evaluation), and where there are no constraints.
 * @throws UserError at the place in the file
 */
export function resolveGoals(
  file: ExperimentFile,
  document: YamlDocument,
  metrics: Metrics,
  mode: Experiment['mode'],
  registries: Registries,
): ResolvedGoals {
  const objectives = resolveObjectives(file.search.objectives ?? [], document, metrics, registries);
  const constraints = resolveConstraints(file.constraints ?? [], document, metrics);
  return {
    objectives: objectives.length < 2 || mode === 'evaluate' ? undefined : objectives,
    constraints: constraints.length === 0 ? undefined : constraints,
  };
}

function resolveObjectives(
  wanted: readonly string[],
  document: YamlDocument,
  metrics: Metrics,
  registries: Registries,
): readonly Objective[] {
  const keys = new Set<string>();
  return wanted.map((entry, index) => {
    const place = document.locate(['search', 'objectives', index]);
    const { key, name } = metricOf(entry, metrics, place);
    if (index === 0 && key !== metrics[0]!.key) {
      const message = 'the first objective is the primary metric: the verdict is about it';
      throw new UserError({ code: 'schema', message, place, found: key, expected: metrics[0]!.key });
    }
    if (keys.has(key)) {
      throw new UserError({ code: 'schema', message: 'the objective is named twice', place, found: key });
    }
    keys.add(key);
    return { key, direction: registries.metrics.get(name).direction };
  });
}

function resolveConstraints(
  wanted: NonNullable<ExperimentFile['constraints']>,
  document: YamlDocument,
  metrics: Metrics,
): readonly Constraint[] {
  const keys = new Set<string>();
  return wanted.map(({ metric, atMost, atLeast }, index) => {
    const place = document.locate(['constraints', index, 'metric']);
    const { key } = metricOf(metric, metrics, place);
    if (keys.has(key)) {
      throw new UserError({
        code: 'schema',
        message: 'the metric has two constraints',
        place,
        found: key,
        expected: 'one with atMost and atLeast',
      });
    }
    keys.add(key);
    if (atMost === undefined && atLeast === undefined) {
      throw new UserError({
        code: 'schema',
        message: 'the constraint has no bound',
        place: document.locate(['constraints', index]),
        expected: 'atMost, atLeast, or both',
      });
    }
    if (atMost !== undefined && atLeast !== undefined && atLeast > atMost) {
      throw new UserError({
        code: 'schema',
        message: 'no score can keep the constraint',
        place: document.locate(['constraints', index, 'atLeast']),
        found: `at least ${atLeast} and at most ${atMost}`,
        expected: 'atLeast ≤ atMost',
      });
    }
    return {
      metric: key,
      ...(atMost === undefined ? {} : { atMost }),
      ...(atLeast === undefined ? {} : { atLeast }),
    };
  });
}

/** A metric of the experiment by its key, or by its name where one head alone has it. */
function metricOf(text: string, metrics: Metrics, place: Place): Metrics[number] {
  const exact = metrics.find(({ key }) => key === text);
  if (exact !== undefined) return exact;
  const named = metrics.filter(({ name }) => name === text);
  if (named.length === 1) return named[0]!;
  if (named.length > 1) {
    throw new UserError({
      code: 'schema',
      message: 'several heads have the metric',
      place,
      found: text,
      expected: `one of ${named.map(({ key }) => key).join(', ')}`,
    });
  }
  throw unknownName(
    'metric of this experiment',
    text,
    metrics.map(({ key }) => key),
  ).at(place);
}

import { UserError } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { Registries } from '../plugins/registries.js';
import type { Head } from '../problem/head.js';
import type { TaskDefaults } from '../tasks/task.js';
import type { Experiment } from './experiment.js';
import type { ExperimentFile } from './experiment-file.js';
import { located } from './located.js';

/**
 * The metrics of an experiment with the heads that they score, primary first.
 * @throws UserError at the place in the file
 */
export function resolveMetrics(
  file: ExperimentFile,
  document: YamlDocument,
  heads: readonly Head[],
  registries: Registries,
  defaults: TaskDefaults,
): Experiment['metrics'] {
  const wanted = file.metrics ?? defaults.metrics;
  const keys = new Set<string>();
  return wanted.map((entry, index) => {
    const place = document.locate(file.metrics === undefined ? ['task'] : ['metrics', index]);
    const { name, head: headName } = typeof entry === 'string' ? { name: entry, head: undefined } : entry;
    const metric = located(place, () => registries.metrics.get(name));
    const fitting = heads.filter(({ kind }) => metric.targets.includes(kind));
    const head = headName === undefined ? fitting[0] : heads.find((candidate) => candidate.name === headName);
    if (head === undefined || !metric.targets.includes(head.kind)) {
      const expected =
        fitting.length === 0
          ? `a metric that fits: ${fittingNames(heads, registries).join(', ')}`
          : `one of ${fitting.map((one) => one.name).join(', ')}`;
      throw new UserError({
        code: 'schema',
        message: `the metric "${name}" does not fit ${head === undefined ? 'the head' : `a ${head.kind} head`}`,
        place,
        found: headName ?? heads.map(({ name: one, kind }) => `${one}: ${kind}`).join(', '),
        expected,
      });
    }
    const key = heads.length === 1 ? name : `${name}:${head.name}`;
    if (keys.has(key))
      throw new UserError({ code: 'schema', message: 'the metric is named twice', place, found: key });
    keys.add(key);
    return { key, name, head: head.name };
  });
}

/** Names of the metrics that score one of the heads. */
function fittingNames(heads: readonly Head[], { metrics }: Registries): readonly string[] {
  return metrics.members
    .filter(({ targets }) => heads.some(({ kind }) => targets.includes(kind)))
    .map(({ name }) => name);
}

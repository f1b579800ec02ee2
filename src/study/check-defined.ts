import { UserError, type Place } from '../core/errors.js';
import type { Registries } from '../plugins/registries.js';
import type { Part } from '../problem/part.js';
import type { TaskData } from '../problem/task-data.js';
import type { Experiment } from './experiment.js';
import { memberTargets } from './member-targets.js';

/** Parts on which a mode needs the primary metric. */
const SCORED: Readonly<Record<Experiment['mode'], readonly Part[]>> = {
  search: ['validation', 'selection', 'test'],
  evaluate: ['validation', 'test'],
};

/**
 * Whether the primary metric has a value on every part that is scored: average precision has none where one class
 * only occurs, whatever is predicted. Known before anything trains.
 * @param place of the metric
 * @throws UserError `data`
 */
export function checkDefined(
  { name, head: headName }: Experiment['metrics'][number],
  mode: Experiment['mode'],
  data: TaskData,
  registries: Registries,
  place: Place,
): void {
  const head = data.heads.find((one) => one.name === headName)!;
  const metric = registries.metrics.get(name);
  for (const part of SCORED[mode]) {
    const target = memberTargets(data, head, part);
    const size = data.parts[part].length;
    const prediction = new Float32Array(target.length);
    const score = metric.prepare({ kind: head.kind, prediction, target, size, outputs: head.outputs })();
    if (!Number.isNaN(score)) continue;
    throw new UserError({
      code: 'data',
      message: `the metric "${name}" has no value on the ${part} part, whatever is predicted`,
      place,
      found: `${size} samples${head.kind === 'regression' ? '' : ' of too few classes'}`,
      expected: `more samples of the rare classes, a larger ${part} part, or another metric`,
    });
  }
}

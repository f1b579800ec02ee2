import { classCounts } from '../engine/class-counts.js';
import type { Predictions } from '../engine/engine.js';
import { gatherRows } from '../engine/gather-rows.js';
import { thetaTensors } from '../engine/step-tensors.js';
import { read, tensorFrom, tidy, type Tensor } from '../tensor/index.js';
import type { TrialContext } from './trial-context.js';
import { thetaProgram } from './theta.js';

/** Plain loss of each sample at some predictions, [indices.length]. */
export function plainLosses(
  context: TrialContext,
  predictions: Predictions,
  indices: Int32Array,
): Float32Array {
  const { data, plain, registries } = context;
  const theta = thetaProgram(
    plain.loss,
    data.heads,
    registries.schedules,
  )([0], { curve: [], headLosses: [] });
  const counts = classCounts(data);
  const byHead = (values: (head: string, outputs: number) => Float32Array): Record<string, Tensor> =>
    Object.fromEntries(
      data.heads.map(({ name, outputs }) => [
        name,
        tensorFrom(values(name, outputs), [indices.length, outputs]),
      ]),
    );
  const total = tidy(
    () =>
      plain.loss.perSample({
        predictions: byHead((head) => predictions[head]!.slice()),
        targets: byHead((head, outputs) => gatherRows(data.targets[head]!, outputs, indices)),
        theta: thetaTensors(
          theta,
          plain.loss.slots.map(({ size }) => size),
        ),
        learned: {},
        classCounts: Object.fromEntries(
          Object.entries(counts).map(([head, values]) => [head, tensorFrom(values, [values.length])]),
        ),
      }).total,
  );
  const losses = read(total).slice();
  total.dispose();
  return losses;
}

/** The metrics of the setup, by key, at some predictions. Undefined cases are NaN. */
export function scores(
  context: TrialContext,
  predictions: Predictions,
  indices: Int32Array,
  which: 'primary' | 'all',
): Readonly<Record<string, number>> {
  const { data, setup, registries } = context;
  const wanted = which === 'all' ? setup.metrics : setup.metrics.slice(0, 1);
  const entries = wanted.map(({ key, name, head: headName }): [string, number] => {
    const head = data.heads.find((one) => one.name === headName)!;
    const score = registries.metrics.get(name).prepare({
      kind: head.kind,
      prediction: predictions[headName]!,
      target: gatherRows(data.targets[headName]!, head.outputs, indices),
      size: indices.length,
      outputs: head.outputs,
    });
    return [key, score()];
  });
  return Object.fromEntries(entries);
}

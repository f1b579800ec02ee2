import { remembered } from '../core/remembered.js';
import { classCounts } from '../engine/class-counts.js';
import type { Predictions } from '../engine/engine.js';
import { gatherRows } from '../engine/gather-rows.js';
import { thetaTensors } from '../engine/step-tensors.js';
import { read, tensorFrom, tidy, type Tensor } from '../tensor/index.js';
import type { TaskData } from '../problem/task-data.js';
import type { TrialContext } from './trial-context.js';
import { thetaProgram } from './theta.js';

/** Targets of some samples by head; the parts of the data are asked for again and again. */
const targetsOf = remembered((data: TaskData) =>
  remembered((indices: Int32Array): Readonly<Record<string, Float32Array>> =>
    Object.fromEntries(
      data.heads.map(({ name, outputs }) => [name, gatherRows(data.targets[name]!, outputs, indices)]),
    ),
  ),
);

/** θ of the plain loss, which has no schedules. */
const plainTheta = remembered(({ plain, data, registries }: TrialContext) =>
  thetaProgram(plain.loss, data.heads, registries.schedules)([0], { curve: [], headLosses: [] }),
);

/** Plain loss of each sample at some predictions, [indices.length]. */
export function plainLosses(
  context: TrialContext,
  predictions: Predictions,
  indices: Int32Array,
): Float32Array {
  const { data, plain } = context;
  const known = targetsOf(data)(indices);
  const counts = classCounts(data);
  const byHead = (values: (head: string) => Float32Array): Record<string, Tensor> =>
    Object.fromEntries(
      data.heads.map(({ name, outputs }) => [name, tensorFrom(values(name), [indices.length, outputs])]),
    );
  const total = tidy(
    () =>
      plain.loss.perSample({
        predictions: byHead((head) => predictions[head]!.slice()),
        targets: byHead((head) => known[head]!),
        theta: thetaTensors(
          plainTheta(context),
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
      // Copies: a metric of the user's may sort them in place.
      prediction: predictions[headName]!.slice(),
      target: targetsOf(data)(indices)[headName]!.slice(),
      size: indices.length,
      outputs: head.outputs,
    });
    return [key, score()];
  });
  return Object.fromEntries(entries);
}

import type { Registry } from '../core/registry.js';
import type { BuiltLoss, ThetaSlot } from '../losses/built-loss.js';
import type { Head } from '../problem/head.js';
import { compileParameter } from '../schedules/compile-parameter.js';
import type { AnySchedule } from '../schedules/schedule.js';
import { dynamicWeights } from '../losses/dynamic-weights.js';
import type { Checkpoint } from './trial.js';

/** What θ may depend on beside progress: what happened in the chunks before. */
export type ThetaHistory = Pick<Checkpoint, 'curve' | 'headLosses'>;

/** θ at some values of progress, row-major [progress.length, Σ slot sizes], slots in order. */
export type ThetaProgram = (progress: readonly number[], history: ThetaHistory) => Float32Array;

/**
 * Compiles the slots of a loss to a function of progress and history.
 * @throws UserError `candidate` on a schedule that does not exist or has wrong options
 */
export function thetaProgram(
  loss: BuiltLoss,
  heads: readonly Head[],
  schedules: Registry<AnySchedule>,
): ThetaProgram {
  const slots = loss.slots.map((slot) => ({ size: slot.size, valueAt: slotValue(slot, heads, schedules) }));
  const width = slots.reduce((sum, { size }) => sum + size, 0);
  return (progress, history) => {
    const theta = new Float32Array(progress.length * width);
    let offset = 0;
    for (const { size, valueAt } of slots) {
      progress.forEach((tau, row) => {
        const value = valueAt(tau, history);
        const start = row * width + offset;
        if (typeof value === 'number') theta.fill(value, start, start + size);
        else theta.set(value, start);
      });
      offset += size;
    }
    return theta;
  };
}

function slotValue(
  { path, source }: ThetaSlot,
  heads: readonly Head[],
  schedules: Registry<AnySchedule>,
): (progress: number, history: ThetaHistory) => number | readonly number[] {
  if (source.kind === 'dynamic-weight-average') {
    const position = heads.findIndex((head) => head.name === source.head);
    return (_progress, { headLosses }) =>
      dynamicWeights(headLosses, source.temperature, heads.length)[position]!;
  }
  const compiled = compileParameter(source.spec, schedules, path);
  return (progress, { curve }) =>
    compiled.valueAt(progress, { validationLosses: curve.map((point) => point.validationLoss) });
}

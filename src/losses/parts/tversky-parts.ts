import { ops } from '../../tensor/index.js';
import type { LossInputs } from '../loss.js';
import type { OverlapInputs, OverlapParts } from './overlap.js';

/** error = fp·p(1−t) + fn·(1−p)t, whole = pt + error. */
export function tverskyParts({ probability, target }: OverlapInputs, { theta }: LossInputs): OverlapParts {
  const falsePositive = ops.mul(theta.fp!, ops.mul(probability, ops.sub(1, target)));
  const falseNegative = ops.mul(theta.fn!, ops.mul(ops.sub(1, probability), target));
  const error = ops.add(falsePositive, falseNegative);
  return { error, whole: ops.add(ops.mul(probability, target), error) };
}

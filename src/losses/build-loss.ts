import type { LossSpec, MultiTaskSpec } from '../candidate/candidate.js';
import type { Registry } from '../core/registry.js';
import type { Head } from '../problem/head.js';
import { planLoss } from './build/plan-loss.js';
import type { PlacedParameter } from './build/placed-parameter.js';
import type { BuiltLoss } from './built-loss.js';
import type { Loss } from './loss.js';

export { checkParameterRange, type PlacedParameter } from './build/placed-parameter.js';

/**
 * Turns a loss specification into a function of tensors for the heads of a task.
 *
 * - A loss of the registry, or `weighted-sum`, serves a task with one head; `multi-task` any number of heads, with
 *   a loss for each and a weighting: `fixed` (weights left out are 1), `uncertainty` or `dynamic-weight-average`.
 * - Every parameter has a slot, also those at their defaults, so the graph does not depend on what was left out.
 * - Constants are checked against their ranges here; for schedules see {@link lossParameters}.
 *
 * @throws UserError `candidate` with the path in the candidate, for unknown names, parameters and options, values
 *   out of range, a loss that does not serve the kind of its head, heads without a loss, losses without a head
 */
export function buildLoss(
  spec: LossSpec | MultiTaskSpec,
  heads: readonly Head[],
  registry: Registry<Loss>,
): BuiltLoss {
  return planLoss(spec, heads, registry).built;
}

/**
 * Every parameter of a loss specification with its path and range: what {@link checkParameterRange} needs in order
 * to check the values that a schedule takes.
 * @throws UserError `candidate` as {@link buildLoss}
 */
export function lossParameters(
  spec: LossSpec | MultiTaskSpec,
  heads: readonly Head[],
  registry: Registry<Loss>,
): readonly PlacedParameter[] {
  return planLoss(spec, heads, registry).parameters;
}

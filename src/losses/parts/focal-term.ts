import { ops, type Tensor } from '../../tensor/index.js';

/**
 * −(1 − p)^γ log p of a target class with logit x, as exp(−γ softplus(x))·softplus(−x): value and gradients are
 * finite for every x and every γ ≥ 0, where a power of 1 − p = 0 is not. With `detached`, the factor
 * (1 − p)^γ sends no gradient to the logit (to γ it does).
 */
export function focalTerm(logit: Tensor, gamma: Tensor, detached = false): Tensor {
  const weighed = detached ? ops.stopGradient(logit) : logit;
  const weight = ops.exp(ops.neg(ops.mul(gamma, ops.softplus(weighed))));
  return ops.mul(weight, ops.softplus(ops.neg(logit)));
}

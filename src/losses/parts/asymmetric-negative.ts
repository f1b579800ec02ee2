import { ops, type Tensor } from '../../tensor/index.js';

/** Below every probability that matters; keeps the logarithm finite where p ≤ margin. */
const TINY = 1e-30;
/** Logit above which e^x is no longer formed; its square is still a float32. */
const HIGH = 40;

/**
 * Cost of a class that is not the target, with logit x: −p_m^γ log(1 − p_m), p_m = max(p − m, 0). Exactly 0 where
 * p ≤ m. log(1 − p + m) is −softplus(x) + log1p(m/(1 − p)); above x = 40, where 1/(1 − p) would leave the range of
 * float32, the second term goes on with its own slope (1 for m > 0, 0 for m = 0).
 */
export function asymmetricNegative(logit: Tensor, gamma: Tensor, margin: Tensor, detached: boolean): Tensor {
  const weighed = detached ? ops.stopGradient(logit) : logit;
  const shifted = ops.relu(ops.sub(ops.sigmoid(weighed), margin));
  const weight = ops.exp(ops.mul(gamma, ops.log(ops.add(shifted, TINY))));

  const excess = ops.relu(ops.sub(logit, HIGH));
  const ratio = ops.mul(margin, ops.add(1, ops.exp(ops.sub(logit, excess))));
  const beyond = ops.mul(excess, ops.div(ratio, ops.add(1, ratio)));
  const cost = ops.sub(ops.sub(ops.softplus(logit), ops.log1p(ratio)), beyond);
  return ops.mul(weight, ops.relu(cost));
}

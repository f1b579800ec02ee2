import { ops, type Tensor } from '../../tensor/index.js';

/** Takes a class out of a sum of exponentials; far above every logit, far below the largest float32. */
const OUT = 1e9;

/**
 * Softmax logits z [.., C] → x_c = z_c − logsumexp_{k≠c} z_k, the logit of "class c against the rest", so that
 * log p_c = log σ(x_c) and log(1 − p_c) = log σ(−x_c) hold without cancellation for every c at once.
 *
 * Σ_{k≠c} e^{z_k} as "all minus own" is exact but for the largest class, whose own term is nearly all of the sum.
 * That class, where there is only one, gets a sum of its own that never held it.
 */
export function logitAgainstRest(logits: Tensor): Tensor {
  const fixed = ops.stopGradient(logits);
  const top = ops.max(fixed, -1, true);
  const isTop = ops.sub(1, ops.sign(ops.sub(top, fixed)));
  // 1 at the largest class, all 0 where several share the place: then no class holds more than half of the sum.
  const isSingleTop = ops.mul(isTop, ops.relu(ops.sign(ops.sub(1.5, ops.sum(isTop, -1, true)))));

  const exponentials = ops.exp(ops.sub(logits, top));
  const ofTop = ops.sum(ops.mul(isTop, exponentials), -1, true);
  const ofRest = ops.sum(ops.mul(ops.sub(1, isTop), exponentials), -1, true);
  // At least 1 everywhere: the place of the single top, filled below, holds 1 instead of 0.
  const others = ops.add(ops.add(ofRest, isSingleTop), ops.sub(ofTop, exponentials));
  const withTop = ops.add(top, ops.log(others));
  const withoutTop = ops.logSumExp(ops.sub(logits, ops.mul(isTop, OUT)), -1, true);
  const rest = ops.add(ops.mul(ops.sub(1, isSingleTop), withTop), ops.mul(isSingleTop, withoutTop));
  return ops.sub(logits, rest);
}

import { ops, type Tensor } from '../../tensor/index.js';

const NEAR = 0.2;
/** Terms of Σ u^k/(k+1)!: at u = 0.2 the first one left out is 3e-10. */
const TERMS = 7;

/**
 * (e^u − 1)/u with 1 at u = 0, and with exact first and second derivatives everywhere: near 0 by its series, because
 * there the derivative of the quotient is the difference of two large numbers.
 */
export function expm1Ratio(u: Tensor): Tensor {
  const far = ops.relu(ops.sign(ops.sub(ops.abs(ops.stopGradient(u)), NEAR)));
  const near = ops.sub(1, far);
  // Each branch gets a harmless argument where it is not taken: 1 · 0 is 0, NaN · 0 is not.
  const forQuotient = ops.add(ops.mul(far, u), near);
  const forSeries = ops.mul(near, u);
  let series: Tensor = ops.onesLike(u);
  for (let term = TERMS; term > 1; term--) {
    series = ops.add(1, ops.mul(ops.div(forSeries, term), series));
  }
  const quotient = ops.div(ops.expm1(forQuotient), forQuotient);
  return ops.add(ops.mul(far, quotient), ops.mul(near, series));
}

import { LARGEST_EXPONENT, TINY, type OperatorName } from '../../expressions/operators.js';
import { ops, type Tensor, type TensorLike } from '../../tensor/index.js';

/** |x|, at least {@link TINY}. The argument is clamped, not the result: so the gradient there is 0 and not NaN. */
const away = (x: TensorLike): TensorLike =>
  typeof x === 'number' ? Math.max(Math.abs(x), TINY) : ops.maximum(ops.abs(x), TINY);

const sizeAway = (x: Tensor): Tensor => away(x) as Tensor;

/** 1 or −1; 1 at 0. */
const signOf = (x: Tensor): Tensor => ops.sub(1, ops.mul(2, ops.relu(ops.sign(ops.neg(x)))));

/** Moved away from 0, where 0 counts as positive. */
const denominator = (x: TensorLike): TensorLike => {
  if (typeof x === 'number') return x < 0 ? -Math.max(-x, TINY) : Math.max(x, TINY);
  return ops.mul(signOf(x), sizeAway(x));
};

const boundedExp = (x: Tensor): Tensor => ops.exp(ops.minimum(x, LARGEST_EXPONENT));

const logAway = (x: TensorLike): TensorLike =>
  typeof x === 'number' ? Math.log(away(x) as number) : ops.log(sizeAway(x));

/** Of a tensor: constants alone are folded before. */
const unary =
  (compute: (x: Tensor) => Tensor) =>
  (x: TensorLike): Tensor =>
    compute(x as Tensor);

/** The operators of formulas on tensors, as src/expressions/operators.ts defines them on numbers. */
export const OPERATOR_TENSORS: Readonly<Record<OperatorName, (a: TensorLike, b: TensorLike) => Tensor>> = {
  add: ops.add,
  sub: ops.sub,
  mul: ops.mul,
  div: (a, b) => ops.div(a, denominator(b)),
  pow: (a, b) => boundedExp(ops.mul(b, logAway(a))),
  neg: unary(ops.neg),
  log: unary((x) => ops.log(sizeAway(x))),
  exp: unary(boundedExp),
  sqrt: unary((x) => ops.sqrt(sizeAway(x))),
  square: unary(ops.square),
  abs: unary(ops.abs),
  tanh: unary(ops.tanh),
  min: ops.minimum,
  max: ops.maximum,
};

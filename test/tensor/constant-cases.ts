import { ops, type Tensor } from '../../src/tensor/index.js';
import type { ConstantCase, OpName } from './op-case.js';

const PIVOT = 0.2;

const comparison = (
  op: OpName,
  run: (a: Tensor, b: number) => Tensor,
  holds: (x: number) => boolean,
): ConstantCase => ({
  op,
  shape: [6],
  run: (x) => ops.toFloat(run(x, PIVOT)),
  expected: (x) => x.map((value) => Number(holds(value))),
});

/** Equality with a value that some elements have exactly. */
const rounded = (x: Tensor): Tensor => ops.sign(x);

export const constantCases: readonly ConstantCase[] = [
  comparison('greater', ops.greater, (x) => x > PIVOT),
  comparison('greaterEqual', ops.greaterEqual, (x) => x >= PIVOT),
  comparison('less', ops.less, (x) => x < PIVOT),
  comparison('lessEqual', ops.lessEqual, (x) => x <= PIVOT),
  {
    op: 'equal',
    shape: [6],
    run: (x) => ops.toFloat(ops.equal(rounded(x), 1)),
    expected: (x) => x.map((value) => Number(value > 0)),
  },
  {
    op: 'notEqual',
    shape: [6],
    run: (x) => ops.toFloat(ops.notEqual(rounded(x), 1)),
    expected: (x) => x.map((value) => Number(value <= 0)),
  },
  {
    op: 'logicalNot',
    shape: [6],
    run: (x) => ops.toFloat(ops.logicalNot(ops.greater(x, PIVOT))),
    expected: (x) => x.map((value) => Number(value <= PIVOT)),
  },
  {
    op: 'logicalAnd',
    shape: [6],
    run: (x) => ops.toFloat(ops.logicalAnd(ops.greater(x, -1), ops.less(x, PIVOT))),
    expected: (x) => x.map((value) => Number(value > -1 && value < PIVOT)),
  },
  {
    op: 'logicalOr',
    shape: [6],
    run: (x) => ops.toFloat(ops.logicalOr(ops.less(x, -1), ops.greater(x, PIVOT))),
    expected: (x) => x.map((value) => Number(value < -1 || value > PIVOT)),
  },
  { op: 'sign', shape: [6], run: ops.sign, expected: (x) => x.map(Math.sign) },
  { op: 'onesLike', shape: [2, 3], run: ops.onesLike, expected: (x) => x.map(() => 1) },
  { op: 'zerosLike', shape: [2, 3], run: ops.zerosLike, expected: (x) => x.map(() => 0) },
  { op: 'stopGradient', shape: [2, 3], run: ops.stopGradient, expected: (x) => [...x] },
  {
    op: 'oneHot',
    shape: [6],
    // −1, 0, 1 → classes 0, 1, 2; one column of the result, so that the shape is that of x.
    run: (x) => ops.squeeze(ops.slice(ops.oneHot(ops.add(ops.sign(x), 1), 3), [0, 2], [-1, 1])),
    expected: (x) => x.map((value) => Number(value > 0)),
  },
  {
    op: 'descendingOrder',
    shape: [6],
    run: (x) => ops.toFloat(ops.descendingOrder(x)),
    expected: (x) => x.map((_, index) => index).sort((a, b) => x[b]! - x[a]!),
  },
];

import { ops, tensorFrom, type Tensor } from '../../src/tensor/index.js';
import { build, positive, real, type InputSpec, type OpCase, type OpName } from './op-case.js';

const unary = (
  op: OpName,
  run: (x: Tensor) => Tensor,
  scalar: (x: number) => number,
  input: InputSpec = real([2, 4]),
): OpCase => ({ op, inputs: [input], run: (x) => run(x), expected: (x) => x.map(scalar) });

const A = [2, 4];
const B = [2, 4];
const ROW = [4];
const COLUMN = [2, 1];
type Pair = (a: number, b: number) => number;

/** Same shapes; and a column against a row, where both are repeated and both gradients must be summed back. */
const binary = (
  op: OpName,
  run: (a: Tensor, b: Tensor) => Tensor,
  scalar: Pair,
  input: (shape: readonly number[]) => InputSpec = real,
): OpCase[] => [
  {
    op,
    inputs: [input(A), input(B)],
    run: (a, b) => run(a, b),
    expected: (a, b) => a.map((value, index) => scalar(value, b[index]!)),
  },
  {
    op,
    note: 'column and row',
    inputs: [input(COLUMN), input(ROW)],
    run: (a, b) => run(a, b),
    expected: (a, b) => build([2, 4], (row, column) => scalar(a[row]!, b[column]!)),
  },
  {
    op,
    note: 'matrix and scalar tensor',
    inputs: [input(A), { ...input([]), low: 0.9, high: 1.3 }],
    run: (a, b) => run(a, b),
    expected: (a, b) => a.map((value) => scalar(value, b[0]!)),
  },
  {
    op,
    note: 'number on the left',
    inputs: [input(A)],
    run: (a) => (ops[op] as (x: number, y: Tensor) => Tensor)(0.6, a),
    expected: (a) => a.map((value) => scalar(0.6, value)),
  },
];

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));
const mask = (): Tensor => ops.greater(tensorFrom(Float32Array.of(1, -1, 1, -1, -1, 1, -1, 1), [2, 4]), 0);
const taken = [true, false, true, false, false, true, false, true];

export const elementwiseCases: readonly OpCase[] = [
  ...binary('add', ops.add, (a, b) => a + b),
  ...binary('sub', ops.sub, (a, b) => a - b),
  ...binary('mul', ops.mul, (a, b) => a * b),
  ...binary('div', ops.div, (a, b) => a / b, positive),
  ...binary('pow', ops.pow, Math.pow, positive),
  ...binary('maximum', ops.maximum, Math.max),
  ...binary('minimum', ops.minimum, Math.min),
  {
    op: 'pow',
    note: 'square of any sign',
    inputs: [real([6])],
    run: (x) => ops.pow(x, 2),
    expected: (x) => x.map((value) => value ** 2),
  },
  {
    op: 'clip',
    inputs: [real([8])],
    run: (x) => ops.clip(x, -0.7, 0.8),
    expected: (x) => x.map((value) => Math.min(Math.max(value, -0.7), 0.8)),
  },
  {
    op: 'clip',
    note: 'bounds as tensors',
    inputs: [real([8]), real([], -0.75, -0.7), real([], 0.7, 0.75)],
    run: (x, low, high) => ops.clip(x, low, high),
    expected: (x, low, high) => x.map((value) => Math.min(Math.max(value, low[0]!), high[0]!)),
  },
  unary('neg', ops.neg, (x) => -x),
  unary('abs', ops.abs, Math.abs),
  unary('exp', ops.exp, Math.exp),
  unary('expm1', ops.expm1, Math.expm1),
  unary('log', ops.log, Math.log, positive([2, 4])),
  unary('log1p', ops.log1p, Math.log1p, real([2, 4], -0.5, 1.5)),
  unary('sqrt', ops.sqrt, Math.sqrt, positive([2, 4])),
  unary('square', ops.square, (x) => x * x),
  unary('reciprocal', ops.reciprocal, (x) => 1 / x, positive([2, 4])),
  unary('sin', ops.sin, Math.sin),
  unary('cos', ops.cos, Math.cos),
  unary('relu', ops.relu, (x) => Math.max(x, 0)),
  unary('elu', ops.elu, (x) => (x > 0 ? x : Math.expm1(x))),
  unary('sigmoid', ops.sigmoid, logistic),
  unary('tanh', ops.tanh, Math.tanh),
  unary('softplus', ops.softplus, (x) => Math.log1p(Math.exp(x))),
  unary('logSigmoid', ops.logSigmoid, (x) => -Math.log1p(Math.exp(-x))),
  unary('toFloat', ops.toFloat, (x) => x),
  {
    op: 'where',
    inputs: [real([2, 4]), real([2, 4])],
    run: (a, b) => ops.where(mask(), a, b),
    expected: (a, b) => taken.map((yes, index) => (yes ? a[index]! : b[index]!)),
  },
  {
    op: 'where',
    note: 'broadcast branches',
    inputs: [real([]), real([2, 1])],
    run: (a, b) => ops.where(mask(), a, b),
    expected: (a, b) => taken.map((yes, index) => (yes ? a[0]! : b[Math.floor(index / 4)]!)),
  },
  {
    op: 'where',
    note: 'condition computed from the input',
    inputs: [real([8])],
    run: (x) => ops.where(ops.greater(x, 0), ops.square(x), ops.mul(x, -3)),
    expected: (x) => x.map((value) => (value > 0 ? value ** 2 : -3 * value)),
  },
];

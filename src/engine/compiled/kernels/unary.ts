import type { Emitter } from '../onnx/emitter.js';
import { constant, type Node, type Value } from '../graph/graph.js';
import { elementwiseInBlocks } from './channel-blocks.js';
import type { Kernel } from './kernel.js';
import { floats } from './shapes.js';
import { wholePackets } from './whole-packets.js';

type Lower = (x: string, emit: Emitter, node: Node) => string;

/** An elementwise kernel of one float operand: the population axis needs nothing. */
const unary = (name: string, lower: Lower, attributes: readonly string[] = []): Kernel => ({
  name,
  elementwise: true,
  inputs: ['x'],
  attributes: (given) => Object.fromEntries(attributes.map((key) => [key, given[key]])),
  shape: ([x]) => [{ shape: x!.shape, dtype: floats(x!) }],
  batch: (inputs, given, add) => add(name, inputs, given),
  block: elementwiseInBlocks(name),
  lower: ([x], node, emit) => [lower(x!, emit, node)],
});

/** The ONNX operator of that name. */
const direct =
  (operator: string): Lower =>
  (x, emit) =>
    emit.op(operator, [x]);

/** The ONNX operator of that name, on whole vector registers. */
const packed =
  (operator: string): Lower =>
  (x, emit, { inputs }) =>
    wholePackets(operator, x, inputs[0]!.shape, emit);

/**
 * 1 where x > 0, else 0: min(max(αx, 0), 1) with the greatest α; in between for x below 3e-39. One pass, where a
 * comparison and a cast are two.
 */
const positive = (x: string, emit: Emitter): string =>
  emit.op('HardSigmoid', [x], { alpha: { float: 3.4e38 }, beta: { float: 0 } });

/**
 * max(x, 0) + log(1 + e^−|x|): a twentieth of the time of the Softplus of the runtime, and as safe. That of −x shares
 * the logarithm.
 */
const softplus: Kernel = {
  ...unary('Softplus', direct('Softplus')),
  expand: ([x], _attributes, add) => {
    const call = (kernel: string, ...inputs: readonly Value[]): Value => add(kernel, inputs)[0]!;
    const decay = call('Exp', call('Neg', call('Abs', x!)));
    return call('Add', call('Relu', x!), call('Log', call('Add', decay, constant(Float32Array.of(1), []))));
  },
};

/** (e^x + 1) tanh(x/2) = e^x − 1, without cancellation near 0. */
const expm1 = (x: string, emit: Emitter): string => {
  const above = emit.op('Add', [emit.op('Exp', [x]), emit.float(1)]);
  return emit.op('Mul', [above, emit.op('Tanh', [emit.op('Mul', [x, emit.float(0.5)])])]);
};

/** max(x, 0) + e^min(x, 0) − 1. */
const elu: Lower = (x, emit) =>
  emit.op('Add', [emit.op('Relu', [x]), expm1(emit.op('Min', [x, emit.float(0)]), emit)]);

/** log u − ((u − 1) − x)/u with u = 1 + x: what the rounding of u lost is put back (Higham 2002, problem 1.5). */
const log1p: Lower = (x, emit, node) => {
  const one = emit.float(1);
  const u = emit.op('Add', [x, one]);
  const lost = emit.op('Sub', [emit.op('Sub', [u, one]), x]);
  // At x = −1 nothing was lost, and u is 0.
  const divisor = emit.op('Max', [u, emit.float(1e-37)]);
  return emit.op('Sub', [packed('Log')(u, emit, node), emit.op('Div', [lost, divisor])]);
};

/** Elementwise kernels of one operand. */
export const unaryKernels: readonly Kernel[] = [
  unary('Neg', direct('Neg')),
  unary('Abs', direct('Abs')),
  unary('Exp', direct('Exp')),
  unary('Expm1', expm1),
  unary('Log', packed('Log')),
  unary('Log1p', log1p),
  unary('Sqrt', direct('Sqrt')),
  unary('Rsqrt', (x, emit) => emit.op('Reciprocal', [emit.op('Sqrt', [x])])),
  unary('Square', (x, emit) => emit.op('Mul', [x, x])),
  unary('Reciprocal', direct('Reciprocal')),
  unary('Sign', direct('Sign')),
  unary('Sin', packed('Sin')),
  unary('Cos', packed('Cos')),
  unary('Floor', direct('Floor')),
  unary('Ceil', direct('Ceil')),
  unary('Round', direct('Round')),
  unary('Relu', direct('Relu')),
  unary('Elu', elu),
  unary('Sigmoid', direct('Sigmoid')),
  unary('Tanh', direct('Tanh')),
  softplus,
  unary(
    'Step',
    (x, emit, { attributes: { alpha } }) => {
      const above = positive(x, emit);
      if (alpha === 0 || alpha === undefined) return above;
      // alpha where x ≤ 0: above + alpha (1 − above).
      const below = emit.op('Sub', [emit.float(1), above]);
      return emit.op('Add', [above, emit.op('Mul', [below, emit.float(alpha as number)])]);
    },
    ['alpha'],
  ),
  unary(
    'LeakyRelu',
    (x, emit, { attributes: { alpha } }) => emit.op('LeakyRelu', [x], { alpha: { float: alpha as number } }),
    ['alpha'],
  ),
  unary(
    'ClipByValue',
    (x, emit, { attributes: { clipValueMin, clipValueMax } }) =>
      emit.op('Clip', [x, emit.float(clipValueMin as number), emit.float(clipValueMax as number)]),
    ['clipValueMin', 'clipValueMax'],
  ),
];

import type { TracedType } from '../../../tensor/index.js';
import type { Value } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import { elementwiseInBlocks } from './channel-blocks.js';
import type { Kernel } from './kernel.js';
import { alignRanks, broadcastShapes, floats, memberSize } from './shapes.js';
import { wholePackets } from './whole-packets.js';

type Lower = (a: string, b: string, emit: Emitter, values: readonly Value[]) => string;

/** An elementwise kernel of two operands that broadcast. */
const binary = (name: string, lower: Lower, dtype: TracedType | 'same' = 'same'): Kernel => ({
  name,
  elementwise: true,
  inputs: ['a', 'b'],
  attributes: () => ({}),
  shape: ([a, b]) => [
    { shape: broadcastShapes([a!.shape, b!.shape]), dtype: dtype === 'same' ? a!.dtype : dtype },
  ],
  batch: (inputs, given, add) => add(name, alignRanks(inputs, add), given),
  block: elementwiseInBlocks(name),
  lower: ([a, b], node, emit) => [lower(a!, b!, emit, node.inputs)],
});

const direct =
  (operator: string): Lower =>
  (a, b, emit) =>
    emit.op(operator, [a, b]);

/** The number that a value is everywhere, where that is known. */
function known(value: Value): number | undefined {
  if (value.origin.kind !== 'constant') return undefined;
  const { values } = value.origin;
  return values.every((one) => one === values[0]) ? values[0] : undefined;
}

/** Below this e^x is 0 for whatever multiple: it stands for the logarithm of 0, which 0 may be multiplied with. */
const LOWEST = -3e38;

/**
 * a^b for a ≥ 0. Small whole exponents are products; else e^(b log a), in a tenth of the time of the Pow of the
 * runtime, with 0^0 = 1.
 */
const power: Lower = (a, b, emit, [base, exponent]) => {
  // A base that the exponents repeat is repeated by the product with them.
  const whole = memberSize(base!.shape) === memberSize(broadcastShapes([base!.shape, exponent!.shape]));
  const number = whole ? known(exponent!) : undefined;
  if (number === 0.5) return emit.op('Sqrt', [a]);
  if (number === 1) return emit.op('Identity', [a]);
  if (number === 2) return emit.op('Mul', [a, a]);
  if (number === 3) return emit.op('Mul', [emit.op('Mul', [a, a]), a]);
  if (number === -1) return emit.op('Reciprocal', [a]);
  const logarithm = emit.op('Max', [wholePackets('Log', a, base!.shape, emit), emit.float(LOWEST)]);
  return emit.op('Exp', [emit.op('Mul', [logarithm, b])]);
};

const squaredDifference: Lower = (a, b, emit) => {
  const difference = emit.op('Sub', [a, b]);
  return emit.op('Mul', [difference, difference]);
};

/** Elementwise kernels of two operands: arithmetic, comparisons, logic. */
export const binaryKernels: readonly Kernel[] = [
  binary('Add', direct('Add')),
  binary('Sub', direct('Sub')),
  binary('Multiply', direct('Mul')),
  binary('RealDiv', direct('Div'), 'float32'),
  {
    ...binary('Pow', power),
    shape: ([a, b]) => [{ shape: broadcastShapes([a!.shape, b!.shape]), dtype: floats(a!) }],
  },
  binary('SquaredDifference', squaredDifference),
  binary('Maximum', direct('Max')),
  binary('Minimum', direct('Min')),
  binary('Greater', direct('Greater'), 'bool'),
  binary('GreaterEqual', direct('GreaterOrEqual'), 'bool'),
  binary('Less', direct('Less'), 'bool'),
  binary('LessEqual', direct('LessOrEqual'), 'bool'),
  binary('Equal', direct('Equal'), 'bool'),
  binary('NotEqual', (a, b, emit) => emit.op('Not', [emit.op('Equal', [a, b])]), 'bool'),
  binary('LogicalAnd', direct('And'), 'bool'),
  binary('LogicalOr', direct('Or'), 'bool'),
];

import type { TracedType } from '../../../tensor/index.js';
import { elementwiseInBlocks } from './channel-blocks.js';
import type { Kernel } from './kernel.js';
import { alignRanks, broadcastShapes } from './shapes.js';

/** Element types by their number in ONNX (TensorProto.DataType). */
export const ONNX_TYPES: Readonly<Record<TracedType, number>> = { float32: 1, int32: 6, bool: 9 };

/** Choices, and changes of type. */
export const selectionKernels: readonly Kernel[] = [
  {
    name: 'Select',
    elementwise: true,
    inputs: ['condition', 't', 'e'],
    attributes: () => ({}),
    shape: (inputs) => [
      { shape: broadcastShapes(inputs.map(({ shape }) => shape)), dtype: inputs[1]!.dtype },
    ],
    batch: (inputs, given, add) => add('Select', alignRanks(inputs, add), given),
    block: elementwiseInBlocks('Select'),
    lower: (inputs, _node, emit) => [emit.op('Where', inputs)],
  },
  {
    name: 'LogicalNot',
    elementwise: true,
    inputs: ['x'],
    attributes: () => ({}),
    shape: ([x]) => [{ shape: x!.shape, dtype: 'bool' }],
    batch: (inputs, given, add) => add('LogicalNot', inputs, given),
    block: elementwiseInBlocks('LogicalNot'),
    lower: ([x], _node, emit) => [emit.op('Not', [x!])],
  },
  {
    name: 'Cast',
    elementwise: true,
    inputs: ['x'],
    attributes: ({ dtype }) => ({ dtype }),
    shape: ([x], { dtype }) => [{ shape: x!.shape, dtype: dtype as TracedType }],
    batch: (inputs, given, add) => add('Cast', inputs, given),
    block: elementwiseInBlocks('Cast'),
    lower: ([x], { attributes }, emit) => [
      emit.op('Cast', [x!], { to: { int: ONNX_TYPES[attributes['dtype'] as TracedType] } }),
    ],
    flops: () => 0,
  },
  {
    name: 'Identity',
    inputs: ['x'],
    attributes: () => ({}),
    shape: ([x]) => [x!],
    batch: (inputs, given, add) => add('Identity', inputs, given),
    lower: ([x], _node, emit) => [emit.op('Identity', [x!])],
    flops: () => 0,
  },
];

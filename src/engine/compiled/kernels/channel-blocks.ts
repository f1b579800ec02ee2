import type { Value } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import type { AddNode, ChannelBlocks, Kernel } from './kernel.js';
import { broadcastShapes, memberSize } from './shapes.js';

/** An image [N, C/size, H, W, size] as the runtime sees it: [N, C, H, W], whatever lies where in memory. */
export const asChannels = ([n, groups, h, w, size]: readonly number[]): readonly number[] => [
  n!,
  groups! * size!,
  h!,
  w!,
];

/** Whether a value is an image whose channels fill blocks. */
export const fillsBlocks = ({ shape }: Pick<Value, 'shape'>, size: number): boolean =>
  shape.length === 4 && shape[3]! % size === 0;

/**
 * One of the runtime's operators on images in blocks: the domain that its own optimizer writes, for constant filters
 * only. It sees four axes.
 */
export function onBlocks(
  operator: string,
  [x, ...others]: readonly string[],
  shapes: { readonly from: readonly number[]; readonly to: readonly number[] },
  emit: Emitter,
  attributes: Parameters<Emitter['op']>[2] = {},
): string {
  const whole = shapes.from.length === 5 ? emit.op('Reshape', [x!, emit.ints(asChannels(shapes.from))]) : x!;
  const y = emit.op(`com.microsoft.nchwc:${operator}`, [whole, ...others], attributes);
  return shapes.to.length === 5 ? emit.op('Reshape', [y, emit.ints(shapes.to)]) : y;
}

/** An operand of an elementwise kernel, as it meets an image of that shape in blocks. */
function operand(value: Value, image: readonly number[], blocks: ChannelBlocks, add: AddNode): Value {
  const reshaped = (shape: readonly number[]): Value => add('Reshape', [value], { shape })[0]!;
  if (memberSize(value.shape) === 1) return value.shape.length === 0 ? value : reshaped([]);
  const missing = image.length - value.shape.length;
  const [n, h, w, c] = [...Array.from({ length: missing }, () => 1), ...value.shape] as [
    number,
    number,
    number,
    number,
  ];
  if (c === 1) return reshaped([n, 1, h, w, 1]);
  if (h === 1 && w === 1) {
    // One number for each channel is written out for all pixels of an image: the runtime broadcasts long stretches
    // five times as fast as short ones.
    const reps = [1, 1, image[1]!, image[2]!, 1];
    return add('Tile', [reshaped([n, c / blocks.size, 1, 1, blocks.size])], { reps })[0]!;
  }
  return blocks.of(missing === 0 ? value : reshaped([n, h, w, c]));
}

/** The rule of kernels that compute place by place: in blocks as soon as one operand is. */
export const elementwiseInBlocks =
  (name: string): NonNullable<Kernel['block']> =>
  (inputs, attributes, blocks, add) => {
    const shape = broadcastShapes(inputs.map((value) => value.shape));
    const whole = inputs.some((value) => blocks.has(value) && memberSize(value.shape) === memberSize(shape));
    if (!whole) return undefined;
    const operands = inputs.map((value) => operand(value, shape, blocks, add));
    return { blocked: add(name, operands, attributes)[0]! };
  };

/** Ours: a plain image into blocks. */
const toBlocks: Kernel = {
  name: 'ToBlocks',
  internal: true,
  inputs: ['x'],
  attributes: () => ({}),
  shape: ([x], { size }) => {
    const [n, h, w, c] = x!.shape as [number, number, number, number];
    return [{ shape: [n, c / (size as number), h, w, size as number], dtype: x!.dtype }];
  },
  lower: ([x], { inputs, outputs }, emit) => {
    const to = outputs[0]!.shape;
    if (inputs[0]!.dtype === 'float32') {
      const last = { channels_last: { int: 1 } };
      return [onBlocks('ReorderInput', [x!], { from: inputs[0]!.shape, to }, emit, last)];
    }
    const [n, groups, h, w, size] = to as [number, number, number, number, number];
    const apart = emit.op('Reshape', [x!, emit.ints([n, h, w, groups, size])]);
    return [emit.op('Transpose', [apart], { perm: { ints: [0, 3, 1, 2, 4] } })];
  },
  flops: () => 0,
};

/** Ours: a plain image from blocks. */
const fromBlocks: Kernel = {
  name: 'FromBlocks',
  internal: true,
  inputs: ['x'],
  attributes: () => ({}),
  shape: ([x]) => {
    const [n, c, h, w] = asChannels(x!.shape) as [number, number, number, number];
    return [{ shape: [n, h, w, c], dtype: x!.dtype }];
  },
  lower: ([x], { inputs, outputs }, emit) => {
    const to = outputs[0]!.shape;
    if (inputs[0]!.dtype === 'float32') {
      const plain = { channels_last: { int: 1 }, channels: { int: to[3]! } };
      return [onBlocks('ReorderOutput', [x!], { from: inputs[0]!.shape, to }, emit, plain)];
    }
    const apart = emit.op('Transpose', [x!], { perm: { ints: [0, 2, 3, 1, 4] } });
    return [emit.op('Reshape', [apart, emit.ints(to)])];
  },
  flops: () => 0,
};

/** Ours: [N, C, H, W] from blocks. */
const planes: Kernel = {
  name: 'Planes',
  internal: true,
  inputs: ['x'],
  attributes: () => ({}),
  shape: ([x]) => [{ shape: asChannels(x!.shape), dtype: x!.dtype }],
  lower: ([x], { inputs, outputs }, emit) => {
    const to = outputs[0]!.shape;
    const channels = { channels: { int: to[1]! } };
    return [onBlocks('ReorderOutput', [x!], { from: inputs[0]!.shape, to }, emit, channels)];
  },
  flops: () => 0,
};

/** Conversions between plain images and images in blocks; no program calls them. */
export const channelBlockKernels: readonly Kernel[] = [toBlocks, fromBlocks, planes];

import { constant, type Value } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import type { AddNode, Kernel } from './kernel.js';
import { pair } from './convolution-geometry.js';
import { memberSize } from './shapes.js';

type Image = [number, number, number, number];

/**
 * An image as [places, windows · channels]: the places of a window in front, so that every step runs over a long
 * stretch of memory. A gradient starts the same way, so the runtime does this once for both.
 */
function byPlaces(x: string, shape: readonly number[], size: readonly number[], emit: Emitter): string {
  const [samples, height, width, channels] = shape as Image;
  const [tall, wide] = size as [number, number];
  const windows = [(samples * height) / tall, tall, width / wide, wide, channels];
  const apart = emit.op('Reshape', [x, emit.ints(windows)]);
  const places = emit.op('Transpose', [apart], { perm: { ints: [1, 3, 0, 2, 4] } });
  return emit.op('Reshape', [places, emit.ints([tall * wide, memberSize(shape) / (tall * wide)])]);
}

/** The inverse of {@link byPlaces}. */
function fromPlaces(x: string, shape: readonly number[], size: readonly number[], emit: Emitter): string {
  const [samples, height, width, channels] = shape as Image;
  const [tall, wide] = size as [number, number];
  const apart = [tall, wide, (samples * height) / tall, width / wide, channels];
  const windows = emit.op('Reshape', [x, emit.ints(apart)]);
  const image = emit.op('Transpose', [windows], { perm: { ints: [2, 0, 3, 1, 4] } });
  return emit.op('Reshape', [image, emit.ints(shape)]);
}

/** Each pixel repeated along height and width. */
function enlarged(x: string, from: readonly number[], to: readonly number[], emit: Emitter): string {
  const [samples, height, width, channels] = from as Image;
  const [tall, wide] = [to[1]! / height, to[2]! / width];
  const narrow = emit.op('Reshape', [x, emit.ints([samples * height, 1, width, 1, channels])]);
  const spread = emit.op('Expand', [narrow, emit.ints([samples * height, tall, width, wide, channels])]);
  return emit.op('Reshape', [spread, emit.ints(to)]);
}

/** Pooling of windows that tile the image, as a reduction over their places. */
const pooling = (name: 'MaxPool' | 'AvgPool', blocked: string, join: 'Max' | 'Mean'): Kernel => ({
  name,
  inputs: ['x'],
  attributes: ({ filterSize, strides, pad }, [x]) => {
    const size = pair(filterSize);
    const tiles =
      pair(strides).every((stride, axis) => stride === size[axis] && x!.shape[axis + 1]! % stride === 0) &&
      pad !== undefined;
    if (!tiles) throw new Error('only pooling by windows that tile the image can be compiled');
    return { size };
  },
  shape: ([x], { size }) => {
    const [samples, height, width, channels] = x!.shape as Image;
    const [tall, wide] = size as [number, number];
    return [{ shape: [samples, height / tall, width / wide, channels], dtype: 'float32' }];
  },
  block: ([x], given, blocks, add) =>
    blocks.has(x!) ? { blocked: add(blocked, [blocks.of(x!)], given)[0]! } : undefined,
  lower: ([x], { attributes, inputs, outputs }, emit) => {
    const size = attributes['size'] as [number, number];
    const flat = byPlaces(x!, inputs[0]!.shape, size, emit);
    // Joining the parts takes half the time of a reduction over the first axis.
    const count = size[0] * size[1];
    const parts = emit.ops('Split', [flat], count, { axis: { int: 0 }, num_outputs: { int: count } });
    return [emit.op('Reshape', [emit.op(join, parts), emit.ints(outputs[0]!.shape)])];
  },
  flops: (node) => memberSize(node.inputs[0]!.shape),
});

const number = (value: number): Value => constant(Float32Array.of(value), []);

const timesNumber = (x: Value, value: number, add: AddNode): Value => add('Multiply', [x, number(value)])[0]!;

/** dL/dx of a mean over windows: each value gets its share. */
const averageBack: Kernel = {
  name: 'AvgPoolGrad',
  inputs: ['dy', 'input'],
  attributes: ({ filterSize }) => ({ size: pair(filterSize) }),
  shape: ([, input]) => [input!],
  block: ([dy], given, blocks, add) => {
    if (!blocks.has(dy!)) return undefined;
    const [tall, wide] = given['size'] as [number, number];
    const share = timesNumber(blocks.of(dy!), 1 / (tall * wide), add);
    return { blocked: add('BlockedEnlarge', [share], given)[0]! };
  },
  lower: ([dy], { attributes, inputs, outputs }, emit) => {
    const [tall, wide] = attributes['size'] as [number, number];
    const share = emit.op('Mul', [dy!, emit.float(1 / (tall * wide))]);
    return [enlarged(share, inputs[0]!.shape, outputs[0]!.shape, emit)];
  },
};

/** dL/dx of the maximum of windows, ties sharing equally: of the door, not of TensorFlow.js. */
const maximumBack: Kernel = {
  name: 'TiledMaxPoolGrad',
  inputs: ['dy', 'x', 'y'],
  attributes: ({ filterSize }) => ({ size: pair(filterSize) }),
  shape: ([, x]) => [x!],
  block: ([dy, x, y], given, blocks, add) => {
    if (!blocks.has(x!)) return undefined;
    const [tall, wide] = given['size'] as [number, number];
    const over = (value: Value): Value => add('BlockedEnlarge', [value], given)[0]!;
    const equal = add('Equal', [blocks.of(x!), over(blocks.of(y!))])[0]!;
    const hits = add('Cast', [equal], { dtype: 'float32' })[0]!;
    const share = add('BlockedAveragePool', [hits], given)[0]!;
    // A mean times the places of a window is the count of ties but for rounding.
    const count = add('Round', [timesNumber(share, tall * wide, add)])[0]!;
    const each = add('RealDiv', [blocks.of(dy!), count])[0]!;
    return { blocked: add('Multiply', [hits, over(each)])[0]! };
  },
  lower: ([dy, x, y], { attributes, inputs }, emit) => {
    const size = attributes['size'] as [number, number];
    const { shape } = inputs[1]!;
    const row = emit.ints([1, memberSize(inputs[0]!.shape)]);
    const equal = emit.op('Equal', [byPlaces(x!, shape, size, emit), emit.op('Reshape', [y!, row])]);
    const hits = emit.op('Cast', [equal], { to: { int: 1 } });
    const count = emit.op('ReduceSum', [hits, emit.ints([0])], { keepdims: { int: 1 } });
    const share = emit.op('Div', [emit.op('Reshape', [dy!, row]), count]);
    return [fromPlaces(emit.op('Mul', [hits, share]), shape, size, emit)];
  },
  flops: (node) => 4 * memberSize(node.inputs[1]!.shape),
};

/** Enlargement by whole factors; its gradient is a pooling. */
const enlargement: Kernel = {
  name: 'ResizeNearestNeighbor',
  inputs: ['images'],
  attributes: ({ size, alignCorners }, [images]) => {
    const factors = (size as [number, number]).map((side, axis) => side / images!.shape[axis + 1]!);
    // With whole factors both conventions for the centres of pixels read the same pixels.
    if (alignCorners === true || !factors.every(Number.isInteger)) {
      throw new Error('only enlargement by whole factors can be compiled');
    }
    return { size: factors };
  },
  shape: ([images], { size }) => {
    const [samples, height, width, channels] = images!.shape as Image;
    const [tall, wide] = size as [number, number];
    return [{ shape: [samples, height * tall, width * wide, channels], dtype: 'float32' }];
  },
  block: ([images], given, blocks, add) =>
    blocks.has(images!) ? { blocked: add('BlockedEnlarge', [blocks.of(images!)], given)[0]! } : undefined,
  lower: ([images], { inputs, outputs }, emit) => [
    enlarged(images!, inputs[0]!.shape, outputs[0]!.shape, emit),
  ],
  flops: () => 0,
};

/** They have no batching rule: members that use them train one by one. */
export const poolingKernels: readonly Kernel[] = [
  pooling('MaxPool', 'BlockedMaxPool', 'Max'),
  pooling('AvgPool', 'BlockedAveragePool', 'Mean'),
  averageBack,
  maximumBack,
  enlargement,
];

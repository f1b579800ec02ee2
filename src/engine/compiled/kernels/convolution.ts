import type { Attributes, Node } from '../graph/graph.js';
import type { Emitter, OnnxAttribute } from '../onnx/emitter.js';
import type { Kernel, OutputType } from './kernel.js';
import { memberSize } from './shapes.js';

/** Stride and margins of a convolution, computed from the shapes once. */
interface Geometry {
  readonly strides: readonly [number, number];
  /** top, left, bottom, right */
  readonly pads: readonly [number, number, number, number];
}

const pair = (value: unknown): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : [(value as number[])[0]!, (value as number[])[1]!];

function geometryOf(given: Attributes, input: readonly number[], filter: readonly number[]): Geometry {
  if (given['dataFormat'] !== 'NHWC') throw new Error('only NHWC convolutions can be compiled');
  if (given['dilations'] !== undefined && pair(given['dilations']).some((rate) => rate !== 1)) {
    throw new Error('dilated convolutions cannot be compiled');
  }
  const strides = pair(given['strides']);
  const margin = (axis: 0 | 1): readonly [number, number] => {
    if (given['pad'] === 'valid') return [0, 0];
    if (typeof given['pad'] === 'number') return [given['pad'], given['pad']];
    const extent = input[axis + 1]!;
    const total = Math.max(
      (Math.ceil(extent / strides[axis]) - 1) * strides[axis] + filter[axis]! - extent,
      0,
    );
    return [Math.floor(total / 2), total - Math.floor(total / 2)];
  };
  const [top, bottom] = margin(0);
  const [left, right] = margin(1);
  return { strides, pads: [top, left, bottom, right] };
}

const geometry = (node: Node): Geometry => node.attributes as unknown as Geometry;

const outputExtent = (extent: number, filter: number, stride: number, margins: number): number =>
  Math.floor((extent + margins - filter) / stride) + 1;

function outputShape(x: readonly number[], filter: readonly number[], { strides, pads }: Geometry): number[] {
  return [
    x[0]!,
    outputExtent(x[1]!, filter[0]!, strides[0], pads[0] + pads[2]),
    outputExtent(x[2]!, filter[1]!, strides[1], pads[1] + pads[3]),
    filter[3]!,
  ];
}

// The runtime wants channels first; inverse pairs of these cancel in a later pass.
const channelsFirst = (x: string, emit: Emitter): string =>
  emit.op('Transpose', [x], { perm: { ints: [0, 3, 1, 2] } });
const channelsLast = (x: string, emit: Emitter): string =>
  emit.op('Transpose', [x], { perm: { ints: [0, 2, 3, 1] } });
/** [height, width, in, out] → [out, in, height, width]. */
const filterFirst = (x: string, emit: Emitter): string =>
  emit.op('Transpose', [x], { perm: { ints: [3, 2, 0, 1] } });

const onnxGeometry = ({ strides, pads }: Geometry): Record<string, OnnxAttribute> => ({
  strides: { ints: strides },
  pads: { ints: pads },
});

const flops = (x: OutputType, filter: readonly number[], node: Node): number => {
  const [, height, width] = outputShape(x.shape, filter, geometry(node));
  return 2 * x.shape[0]! * height! * width! * memberSize(filter);
};

const conv2d: Kernel = {
  name: 'Conv2D',
  inputs: ['x', 'filter'],
  attributes: (given, [x, filter]) => ({ ...geometryOf(given, x!.shape, filter!.shape) }),
  shape: ([x, filter], attributes) => [
    { shape: outputShape(x!.shape, filter!.shape, attributes as unknown as Geometry), dtype: 'float32' },
  ],
  lower: ([x, filter], node, emit) => {
    const y = emit.op(
      'Conv',
      [channelsFirst(x!, emit), filterFirst(filter!, emit)],
      onnxGeometry(geometry(node)),
    );
    return [channelsLast(y, emit)];
  },
  flops: (node) => flops(node.inputs[0]!, node.inputs[1]!.shape, node),
};

/** dL/dx: the transposed convolution. */
const toInput: Kernel = {
  name: 'Conv2DBackpropInput',
  inputs: ['dy', 'filter'],
  attributes: (given, [, filter]) => ({
    ...geometryOf(given, given['inputShape'] as number[], filter!.shape),
    inputShape: given['inputShape'],
  }),
  shape: (_inputs, { inputShape }) => [{ shape: inputShape as number[], dtype: 'float32' }],
  lower: ([dy, filter], node, emit) => {
    const { strides, pads } = geometry(node);
    const target = node.outputs[0]!.shape;
    const [height, width] = node.inputs[1]!.shape as [number, number];
    // Rows of the input that no window reached, because the stride does not divide: they get zeros.
    const left = ([0, 1] as const).map((axis) => {
      const reached = (node.inputs[0]!.shape[axis + 1]! - 1) * strides[axis] + [height, width][axis]!;
      return target[axis + 1]! + pads[axis] + pads[axis + 2]! - reached;
    });
    const y = emit.op('ConvTranspose', [channelsFirst(dy!, emit), filterFirst(filter!, emit)], {
      ...onnxGeometry({ strides, pads }),
      output_padding: { ints: left },
    });
    return [channelsLast(y, emit)];
  },
  flops: (node) => flops(node.outputs[0]!, node.inputs[1]!.shape, node),
};

/**
 * dL/d(filter): the convolution of x with dy, where samples take the place of channels. Where windows are apart, the
 * stride becomes a dilation.
 */
const toFilter: Kernel = {
  name: 'Conv2DBackpropFilter',
  inputs: ['x', 'dy'],
  attributes: (given, [x]) => ({
    ...geometryOf(given, x!.shape, given['filterShape'] as number[]),
    filterShape: given['filterShape'],
  }),
  shape: (_inputs, { filterShape }) => [{ shape: filterShape as number[], dtype: 'float32' }],
  lower: ([x, dy], node, emit) => {
    const { strides, pads } = geometry(node);
    const [height, width] = node.outputs[0]!.shape as [number, number];
    const samplesAsChannels = emit.op('Transpose', [x!], { perm: { ints: [3, 0, 1, 2] } });
    const windows = emit.op('Transpose', [dy!], { perm: { ints: [3, 0, 1, 2] } });
    const whole = emit.op('Conv', [samplesAsChannels, windows], {
      dilations: { ints: strides },
      pads: { ints: pads },
      strides: { ints: [1, 1] },
    });
    // [in, out, height, width], with rows beyond the filter where the stride does not divide.
    const cut = emit.op('Slice', [whole, emit.ints([0, 0]), emit.ints([height, width]), emit.ints([2, 3])]);
    return [emit.op('Transpose', [cut], { perm: { ints: [2, 3, 0, 1] } })];
  },
  flops: (node) => flops(node.inputs[0]!, node.outputs[0]!.shape, node),
};

/**
 * Pooling of windows that tile the image, as a reduction over their axes: the runtime's own pooling wants channels
 * first, and its gradient does not exist there.
 */
const pooling = (name: 'MaxPool' | 'AvgPool', join: 'Max' | 'Mean'): Kernel => ({
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
    const [samples, height, width, channels] = x!.shape as [number, number, number, number];
    const [tall, wide] = size as [number, number];
    return [{ shape: [samples, height / tall, width / wide, channels], dtype: 'float32' }];
  },
  lower: ([x], { attributes, outputs }, emit) => {
    const [samples, height, width, channels] = outputs[0]!.shape as [number, number, number, number];
    const [tall, wide] = attributes['size'] as [number, number];
    const windows = emit.op('Reshape', [x!, emit.ints([samples * height, tall, width, wide, channels])]);
    // The places of a window to the front: then every step runs over a long stretch of memory. The
    // gradient of the maximum starts the same way, so the runtime does this once for both.
    const places = emit.op('Transpose', [windows], { perm: { ints: [1, 3, 0, 2, 4] } });
    const flat = emit.op('Reshape', [places, emit.ints([tall * wide, samples * height * width * channels])]);
    // Joining the parts takes half the time of a reduction over the first axis.
    const count = tall * wide;
    const parts = emit.ops('Split', [flat], count, { axis: { int: 0 }, num_outputs: { int: count } });
    return [emit.op('Reshape', [emit.op(join, parts), emit.ints(outputs[0]!.shape)])];
  },
  flops: (node) => memberSize(node.inputs[0]!.shape),
});

/** dL/dx of a mean over windows: each value gets its share. */
const averageBack: Kernel = {
  name: 'AvgPoolGrad',
  inputs: ['dy', 'input'],
  attributes: ({ filterSize }) => ({ size: pair(filterSize) }),
  shape: ([, input]) => [input!],
  lower: ([dy], { attributes, inputs, outputs }, emit) => {
    const [samples, height, width, channels] = inputs[0]!.shape as [number, number, number, number];
    const [tall, wide] = attributes['size'] as [number, number];
    const share = emit.op('Mul', [dy!, emit.float(1 / (tall * wide))]);
    const narrow = emit.op('Reshape', [share, emit.ints([samples * height, 1, width, 1, channels])]);
    const spread = emit.op('Expand', [narrow, emit.ints([samples * height, tall, width, wide, channels])]);
    return [emit.op('Reshape', [spread, emit.ints(outputs[0]!.shape)])];
  },
};

/** Convolutions and pooling. They have no batching rule: members that use them train one by one. */
export const convolutionKernels: readonly Kernel[] = [
  conv2d,
  toInput,
  toFilter,
  pooling('MaxPool', 'Max'),
  pooling('AvgPool', 'Mean'),
  averageBack,
];

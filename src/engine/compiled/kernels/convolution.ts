import type { Node } from '../graph/graph.js';
import type { Emitter, OnnxAttribute } from '../onnx/emitter.js';
import { geometry, geometryOf, outputShape, type Geometry } from './convolution-geometry.js';
import type { Kernel, OutputType } from './kernel.js';
import { memberSize } from './shapes.js';

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

type Lowering = (inputs: readonly string[], node: Node, emit: Emitter) => string;

/** As a convolution of dy with the filter turned by 180° and its channels exchanged; stride 1. */
const turnedConvolution: Lowering = ([dy, filter], node, emit) => {
  const { pads } = geometry(node);
  const [height, width] = node.inputs[1]!.shape as [number, number];
  const turned = emit.op('Slice', [
    filter!,
    emit.ints([-1, -1]),
    emit.ints([-height - 1, -width - 1]),
    emit.ints([0, 1]),
    emit.ints([-1, -1]),
  ]);
  const margins = pads.map((margin, side) => (side % 2 === 0 ? height : width) - 1 - margin);
  const exchanged = emit.op('Transpose', [turned], { perm: { ints: [2, 3, 0, 1] } });
  return emit.op('Conv', [channelsFirst(dy!, emit), exchanged], { pads: { ints: margins } });
};

const transposedConvolution: Lowering = ([dy, filter], node, emit) => {
  const { strides, pads } = geometry(node);
  const target = node.outputs[0]!.shape;
  const [height, width] = node.inputs[1]!.shape as [number, number];
  // Rows of the input that no window reached, because the stride does not divide: they get zeros.
  const left = ([0, 1] as const).map((axis) => {
    const reached = (node.inputs[0]!.shape[axis + 1]! - 1) * strides[axis] + [height, width][axis]!;
    return target[axis + 1]! + pads[axis] + pads[axis + 2]! - reached;
  });
  return emit.op('ConvTranspose', [channelsFirst(dy!, emit), filterFirst(filter!, emit)], {
    ...onnxGeometry({ strides, pads }),
    output_padding: { ints: left },
  });
};

/**
 * dL/dx. Of the two ways, the one that spreads the fewer channels over the places of a window is faster: a
 * convolution does that to dy, a transposed convolution to dL/dx.
 */
const toInput: Kernel = {
  name: 'Conv2DBackpropInput',
  inputs: ['dy', 'filter'],
  attributes: (given, [, filter]) => ({
    ...geometryOf(given, given['inputShape'] as number[], filter!.shape),
    inputShape: given['inputShape'],
  }),
  shape: (_inputs, { inputShape }) => [{ shape: inputShape as number[], dtype: 'float32' }],
  lower: (inputs, node, emit) => {
    const { strides, pads } = geometry(node);
    const [height, width, incoming, outgoing] = node.inputs[1]!.shape as [number, number, number, number];
    const inside = pads.every((margin, side) => margin < (side % 2 === 0 ? height : width));
    const turns = strides.every((stride) => stride === 1) && inside && outgoing <= incoming;
    const lowering = turns ? turnedConvolution : transposedConvolution;
    return [channelsLast(lowering(inputs, node, emit), emit)];
  },
  flops: (node) => flops(node.outputs[0]!, node.inputs[1]!.shape, node),
};

// Both ways to dL/d(filter) move a window as large as dy over x, so that where windows are apart, the stride becomes
// a dilation. They give rows beyond the filter where the stride does not divide; the caller cuts them off.

/** [height, width, in, out] from a convolution of an image whose channels are the samples. */
const filterBySamples: Lowering = ([x, dy], node, emit) => {
  const { strides, pads } = geometry(node);
  const image = emit.op('Transpose', [x!], { perm: { ints: [3, 0, 1, 2] } });
  const windows = emit.op('Transpose', [dy!], { perm: { ints: [3, 0, 1, 2] } });
  const whole = emit.op('Conv', [image, windows], { dilations: { ints: strides }, pads: { ints: pads } });
  return emit.op('Transpose', [whole], { perm: { ints: [2, 3, 0, 1] } });
};

/**
 * The same where the channels of x are a third axis of space: then the runtime's matrix product is as wide as the
 * filter has numbers for one output, and two to four times as fast; and x stays as it lies in memory. How the runtime
 * cuts this sum depends on its threads, and so do the last bits: sessions have one thread.
 */
const filterByVolume: Lowering = ([x, dy], node, emit) => {
  const { strides, pads } = geometry(node);
  const [top, left, bottom, right] = pads;
  const [samples, tall, wide, outgoing] = node.inputs[1]!.shape as [number, number, number, number];
  const volume = emit.op('Reshape', [x!, emit.ints([1, ...node.inputs[0]!.shape])]);
  const first = emit.op('Transpose', [dy!], { perm: { ints: [3, 0, 1, 2] } });
  const windows = emit.op('Reshape', [first, emit.ints([outgoing, samples, tall, wide, 1])]);
  const whole = emit.op('Conv', [volume, windows], {
    dilations: { ints: [...strides, 1] },
    pads: { ints: [top, left, 0, bottom, right, 0] },
  });
  const flat = emit.op('Squeeze', [whole, emit.ints([0])]);
  return emit.op('Transpose', [flat], { perm: { ints: [1, 2, 3, 0] } });
};

/** dL/d(filter): the correlation of x with dy. */
const toFilter: Kernel = {
  name: 'Conv2DBackpropFilter',
  inputs: ['x', 'dy'],
  attributes: (given, [x]) => ({
    ...geometryOf(given, x!.shape, given['filterShape'] as number[]),
    filterShape: given['filterShape'],
  }),
  shape: (_inputs, { filterShape }) => [{ shape: filterShape as number[], dtype: 'float32' }],
  lower: (inputs, node, emit) => {
    const [height, width, incoming] = node.outputs[0]!.shape as [number, number, number];
    // With one channel there is no third axis that would make the product wider.
    const lowering = incoming === 1 ? filterBySamples : filterByVolume;
    const whole = lowering(inputs, node, emit);
    return [emit.op('Slice', [whole, emit.ints([0, 0]), emit.ints([height, width]), emit.ints([0, 1])])];
  },
  flops: (node) => flops(node.inputs[0]!, node.outputs[0]!.shape, node),
};

/** They have no batching rule: members that use them train one by one. */
export const convolutionKernels: readonly Kernel[] = [conv2d, toInput, toFilter];

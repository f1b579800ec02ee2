import type { Node } from '../graph/graph.js';
import type { Emitter, OnnxAttribute } from '../onnx/emitter.js';
import { fillsBlocks } from './channel-blocks.js';
import {
  canTurn,
  convolutionFlops,
  geometry,
  geometryOf,
  isPointwise,
  outputShape,
  turnedPads,
  type Geometry,
} from './convolution-geometry.js';
import type { Kernel } from './kernel.js';
import { pixelProduct } from './pixel-product.js';

// The runtime wants channels first.
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

const conv2d: Kernel = {
  name: 'Conv2D',
  inputs: ['x', 'filter'],
  attributes: (given, [x, filter]) => ({ ...geometryOf(given, x!.shape, filter!.shape) }),
  shape: ([x, filter], attributes) => [
    { shape: outputShape(x!.shape, filter!.shape, attributes as unknown as Geometry), dtype: 'float32' },
  ],
  block: ([x, filter], given, blocks, add) => {
    const [incoming, outgoing] = filter!.shape.slice(2) as [number, number];
    if (outgoing % blocks.size !== 0) return undefined;
    // Fewer channels than a block are read as planes.
    const narrow = incoming < blocks.size;
    if (!narrow && !fillsBlocks(x!, blocks.size)) return undefined;
    const image = narrow ? add('Transpose', [x!], { perm: [0, 3, 1, 2] })[0]! : blocks.of(x!);
    return { blocked: add('BlockedConv2D', [image, filter!], { ...given, size: blocks.size })[0]! };
  },
  lower: ([x, filter], node, emit) => {
    if (isPointwise(node.inputs[1]!.shape, geometry(node))) {
      return [pixelProduct(x!, filter!, undefined, node, emit)];
    }
    const operands = [channelsFirst(x!, emit), filterFirst(filter!, emit)];
    return [channelsLast(emit.op('Conv', operands, onnxGeometry(geometry(node))), emit)];
  },
  flops: (node) => convolutionFlops(node.inputs[0]!.shape, node.inputs[1]!.shape, geometry(node)),
};

type Lowering = (inputs: readonly string[], node: Node, emit: Emitter) => string;

/** As a convolution of dy with the filter turned by 180° and its channels exchanged; stride 1. */
const turnedConvolution: Lowering = ([dy, filter], node, emit) => {
  const [height, width] = node.inputs[1]!.shape as [number, number];
  const turned = emit.op('Slice', [
    filter!,
    emit.ints([-1, -1]),
    emit.ints([-height - 1, -width - 1]),
    emit.ints([0, 1]),
    emit.ints([-1, -1]),
  ]);
  const exchanged = emit.op('Transpose', [turned], { perm: { ints: [2, 3, 0, 1] } });
  const pads = turnedPads([height, width], geometry(node));
  return emit.op('Conv', [channelsFirst(dy!, emit), exchanged], { pads: { ints: pads } });
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
  block: ([dy, filter], given, blocks, add) => {
    const place = given as unknown as Geometry;
    const fills = fillsBlocks(dy!, blocks.size) && filter!.shape[2]! % blocks.size === 0;
    if (!fills || !canTurn(filter!.shape, place)) return undefined;
    const turned = {
      strides: [1, 1],
      pads: turnedPads(filter!.shape, place),
      size: blocks.size,
      turned: true,
    };
    return { blocked: add('BlockedConv2D', [blocks.of(dy!), filter!], turned)[0]! };
  },
  lower: (inputs, node, emit) => {
    const filter = node.inputs[1]!.shape;
    if (isPointwise(filter, geometry(node))) return [pixelProduct(inputs[0]!, inputs[1]!, 'b', node, emit)];
    const turns = canTurn(filter, geometry(node)) && filter[3]! <= filter[2]!;
    const lowering = turns ? turnedConvolution : transposedConvolution;
    return [channelsLast(lowering(inputs, node, emit), emit)];
  },
  flops: (node) => convolutionFlops(node.outputs[0]!.shape, node.inputs[1]!.shape, geometry(node)),
};

/** Convolutions on plain images, [N, H, W, C]. They have no batching rule: members that use them train one by one. */
export const convolutionKernels: readonly Kernel[] = [conv2d, toInput];

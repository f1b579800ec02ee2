import type { Node } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import { asChannels, onBlocks } from './channel-blocks.js';
import { convolutionFlops, geometry, outputShape, type Geometry } from './convolution-geometry.js';
import type { Kernel } from './kernel.js';

const isTurned = (node: Node): boolean => node.attributes['turned'] === true;

/** [height, width, in, out], the channels exchanged where the filter is turned. */
function filterShape(filter: readonly number[], turned: boolean): readonly number[] {
  const [height, width, incoming, outgoing] = filter as [number, number, number, number];
  return turned ? [height, width, outgoing, incoming] : filter;
}

/**
 * The filter as the runtime wants it, [out/size, in/size, height, width, in, out] and, where there are fewer channels
 * than a block, [out/size, in, height, width, out]; under the name [out, in, height, width].
 */
function filterInBlocks(filter: string, node: Node, emit: Emitter): string {
  const size = node.attributes['size'] as number;
  const [height, width, first, second] = node.inputs[1]!.shape as [number, number, number, number];
  const [, , incoming, outgoing] = filterShape(node.inputs[1]!.shape, isTurned(node)) as [
    number,
    number,
    number,
    number,
  ];
  const name = emit.ints([outgoing, incoming, height, width]);
  const reordered = (x: string, apart: readonly number[], order: readonly number[]): string => {
    const split = emit.op('Reshape', [x, emit.ints(apart)]);
    return emit.op('Reshape', [emit.op('Transpose', [split], { perm: { ints: order } }), name]);
  };
  if (isTurned(node)) {
    const places = emit.op('Reshape', [filter, emit.ints([height * width, first, second])]);
    const reverse = emit.ints(Array.from({ length: height * width }, (_, at) => height * width - 1 - at));
    const turned = emit.op('Gather', [places, reverse], { axis: { int: 0 } });
    const apart = [height, width, first / size, size, second / size, size];
    return reordered(turned, apart, [2, 4, 0, 1, 5, 3]);
  }
  if (first < size) return reordered(filter, [height, width, first, second / size, size], [3, 2, 0, 1, 4]);
  return reordered(filter, [height, width, first / size, size, second / size, size], [4, 2, 0, 1, 3, 5]);
}

/**
 * A convolution of an image in blocks, or of planes [N, C, H, W] with fewer channels than a block, with a plain filter
 * and, where there is a third input, a bias. `turned`: the filter turned by 180°, its channels exchanged. `relu`:
 * followed by max(y, 0).
 */
export const blockedConvolution: Kernel = {
  name: 'BlockedConv2D',
  internal: true,
  inputs: ['x', 'filter', 'bias'],
  attributes: (given) => given,
  shape: ([x, filter], attributes) => {
    const [n, c, h, w] = x!.shape.length === 5 ? asChannels(x!.shape) : x!.shape;
    const turned = attributes['turned'] === true;
    const size = attributes['size'] as number;
    const place = attributes as unknown as Geometry;
    const [, tall, wide, out] = outputShape([n!, h!, w!, c!], filterShape(filter!.shape, turned), place);
    return [{ shape: [n!, out! / size, tall!, wide!, size], dtype: 'float32' }];
  },
  lower: ([x, filter, ...bias], node, emit) => {
    const { strides, pads } = geometry(node);
    const relu = node.attributes['relu'] === true ? { activation: { text: 'Relu' } } : {};
    const shapes = { from: node.inputs[0]!.shape, to: node.outputs[0]!.shape };
    return [
      onBlocks('Conv', [x!, filterInBlocks(filter!, node, emit), ...bias], shapes, emit, {
        strides: { ints: strides },
        pads: { ints: pads },
        ...relu,
      }),
    ];
  },
  flops: (node) => {
    const { shape } = node.inputs[0]!;
    const [n, c, h, w] = shape.length === 5 ? asChannels(shape) : shape;
    return convolutionFlops(
      [n!, h!, w!, c!],
      filterShape(node.inputs[1]!.shape, isTurned(node)),
      geometry(node),
    );
  },
};

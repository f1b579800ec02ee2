import type { Node } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import {
  canTurn,
  convolutionFlops,
  geometry,
  geometryOf,
  isPointwise,
  turnedPads,
  type Geometry,
} from './convolution-geometry.js';
import { correlate, correlateNarrow, extents, NARROW, reversed, type Image } from './correlation.js';
import type { Kernel } from './kernel.js';
import { pixelProduct } from './pixel-product.js';

type Lowering = (image: Image, slope: Image, node: Node, emit: Emitter) => string;

/** [height, width, in, out]: dy moves over x. */
const overImage: Lowering = (image, slope, node, emit) => {
  const [height, width, incoming, outgoing] = node.outputs[0]!.shape as [number, number, number, number];
  const place = geometry(node);
  if (incoming < NARROW) return correlateNarrow(slope, image, [height, width], place, emit);
  const sum = correlate(slope, image, place, emit);
  // Where the stride does not divide there are rows beyond the filter.
  const { height: tall, width: wide } = extents(slope.shape, slope.planes);
  const reach = ([0, 1] as const).map((axis) => {
    const extent = image.shape[axis + 1]! + place.pads[axis] + place.pads[axis + 2]!;
    return extent - place.strides[axis] * ([tall, wide][axis]! - 1);
  });
  const whole = emit.op('Reshape', [sum, emit.ints([outgoing, ...reach, incoming])]);
  const fits = reach[0] === height && reach[1] === width;
  const cut = fits
    ? whole
    : emit.op('Slice', [whole, emit.ints([0, 0]), emit.ints([height, width]), emit.ints([1, 2])]);
  return emit.op('Transpose', [cut], { perm: { ints: [1, 2, 3, 0] } });
};

/** [height · width, in, out]: x moves over dy, so that the places come in reverse. */
const overSlope: Lowering = (image, slope, node, emit) => {
  const [height, width, incoming, outgoing] = node.outputs[0]!.shape as [number, number, number, number];
  const places = height * width;
  const how = { strides: [1, 1], pads: turnedPads([height, width], geometry(node)) };
  if (outgoing < NARROW) {
    const sum = correlateNarrow(image, slope, [height, width], how, emit);
    const apart = emit.op('Reshape', [sum, emit.ints([places, outgoing, incoming])]);
    return emit.op('Transpose', [reversed(apart, places, emit)], { perm: { ints: [0, 2, 1] } });
  }
  const sum = correlate(image, slope, how, emit);
  const apart = emit.op('Reshape', [sum, emit.ints([incoming, places, outgoing])]);
  return reversed(emit.op('Transpose', [apart], { perm: { ints: [1, 0, 2] } }), places, emit);
};

/**
 * dL/d(filter): the correlation of x with dy. `moved` is the one with fewer channels, over which the other moves as a
 * window: spreading it over the places of the window is what costs beside the product itself. `planes`: the other is
 * [N, C, H, W].
 */
export const filterGradient: Kernel = {
  name: 'Conv2DBackpropFilter',
  inputs: ['x', 'dy'],
  attributes: (given, [x, dy]) => {
    const place = geometryOf(given, x!.shape, given['filterShape'] as number[]);
    const filterShape = given['filterShape'] as readonly number[];
    const moved = canTurn(filterShape, place) && dy!.shape[3]! < x!.shape[3]! ? 'dy' : 'x';
    return { ...place, filterShape, moved, planes: false };
  },
  shape: (_inputs, { filterShape }) => [{ shape: filterShape as number[], dtype: 'float32' }],
  block: ([x, dy], given, blocks, add) => {
    const [still, moved] = given['moved'] === 'x' ? [dy!, x!] : [x!, dy!];
    if (!blocks.has(still) || moved.shape[3]! < NARROW) return undefined;
    if (isPointwise(given['filterShape'] as number[], given as unknown as Geometry)) return undefined;
    const windows = add('Planes', [blocks.of(still)])[0]!;
    const inputs = still === dy ? [x!, windows] : [windows, dy!];
    return { plain: add('Conv2DBackpropFilter', inputs, { ...given, planes: true })[0]! };
  },
  lower: ([x, dy], node, emit) => {
    if (isPointwise(node.outputs[0]!.shape, geometry(node))) {
      return [pixelProduct(x!, dy!, 'a', node, emit)];
    }
    const { moved, planes } = node.attributes as { moved: 'x' | 'dy'; planes: boolean };
    const image = { name: x!, shape: node.inputs[0]!.shape, planes: planes && moved === 'dy' };
    const slope = { name: dy!, shape: node.inputs[1]!.shape, planes: planes && moved === 'x' };
    const filter = moved === 'x' ? overImage(image, slope, node, emit) : overSlope(image, slope, node, emit);
    return [emit.op('Reshape', [filter, emit.ints(node.outputs[0]!.shape)])];
  },
  flops: (node) => {
    const { planes, moved } = node.attributes as { moved: 'x' | 'dy'; planes: boolean };
    const x = extents(node.inputs[0]!.shape, planes && moved === 'dy');
    const shape = [x.samples, x.height, x.width, x.channels];
    return convolutionFlops(shape, node.outputs[0]!.shape, geometry(node));
  },
};

import type { Attributes, Node } from '../graph/graph.js';
import { memberSize } from './shapes.js';

/** Stride and margins of a convolution, computed from the shapes once. */
export interface Geometry {
  readonly strides: readonly [number, number];
  /** top, left, bottom, right */
  readonly pads: readonly [number, number, number, number];
}

/** Height and width, of which TensorFlow.js may give one for both. */
export const pair = (value: unknown): readonly [number, number] =>
  typeof value === 'number' ? [value, value] : [(value as number[])[0]!, (value as number[])[1]!];

/** @throws Error for what cannot be compiled */
export function geometryOf(given: Attributes, input: readonly number[], filter: readonly number[]): Geometry {
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

/** As an attribute of a node. */
export const geometry = (node: Node): Geometry => node.attributes as unknown as Geometry;

const outputExtent = (extent: number, filter: number, stride: number, margins: number): number =>
  Math.floor((extent + margins - filter) / stride) + 1;

/** [samples, height, width, channels] of a convolution of x with a filter [height, width, in, out]. */
export function outputShape(
  x: readonly number[],
  filter: readonly number[],
  { strides, pads }: Geometry,
): number[] {
  return [
    x[0]!,
    outputExtent(x[1]!, filter[0]!, strides[0], pads[0] + pads[2]),
    outputExtent(x[2]!, filter[1]!, strides[1], pads[1] + pads[3]),
    filter[3]!,
  ];
}

/** Floating-point operations of a convolution of x with a filter, and of each of its two gradients. */
export const convolutionFlops = (
  x: readonly number[],
  filter: readonly number[],
  { strides, pads }: Geometry,
): number => {
  const [samples, height, width] = outputShape(x, filter, { strides, pads });
  return 2 * samples! * height! * width! * memberSize(filter);
};

/** Whether a convolution is a matrix product of pixels and the filter. */
export const isPointwise = (filter: readonly number[], { strides, pads }: Geometry): boolean =>
  [...filter.slice(0, 2), ...strides].every((one) => one === 1) && pads.every((margin) => margin === 0);

/** Whether a gradient can be had by a convolution with margins: stride 1, and no margin as wide as the filter. */
export const canTurn = ([height, width]: readonly number[], { strides, pads }: Geometry): boolean =>
  strides.every((stride) => stride === 1) &&
  pads.every((margin, side) => margin < (side % 2 === 0 ? height! : width!));

/** The margins of that convolution. */
export const turnedPads = ([height, width]: readonly number[], { pads }: Geometry): readonly number[] =>
  pads.map((margin, side) => (side % 2 === 0 ? height! : width!) - 1 - margin);

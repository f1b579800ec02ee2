import type { Emitter } from '../onnx/emitter.js';

/** An image by its name in the model, [N, H, W, C] or, as planes, [N, C, H, W]. */
export interface Image {
  readonly name: string;
  readonly shape: readonly number[];
  readonly planes: boolean;
}

/** How a window moves: strides, and margins of the image that it moves over. */
interface Steps {
  readonly strides: readonly number[];
  readonly pads: readonly number[];
}

/** The smallest divisor above 1; 1 of 1. */
function smallestFactor(number: number): number {
  for (let factor = 2; factor * factor <= number; factor++) if (number % factor === 0) return factor;
  return number;
}

/** [groups · …] → the sum over the groups, flat: one product with ones, however many groups a batch falls into. */
function sumOfGroups(x: string, groups: number, emit: Emitter): string {
  if (groups === 1) return x;
  const apart = emit.op('Reshape', [x, emit.ints([groups, -1])]);
  return emit.op('MatMul', [emit.filled(1, [1, groups]), apart]);
}

/** [N, H, W, C] or, as `planes`, [N, C, H, W] → its extents by name. */
export const extents = (shape: readonly number[], planes: boolean) => {
  const [samples, a, b, c] = shape as [number, number, number, number];
  return planes
    ? { samples, channels: a, height: b, width: c }
    : { samples, channels: c, height: a, width: b };
};

/**
 * The windows of a correlation, [groups · C, N/groups, H, W]: each group of samples is summed by itself. The runtime
 * spreads groups over threads; one long sum alone it would cut by the number of threads, and so the last bits.
 */
function windowsOf(
  x: string,
  shape: readonly number[],
  planes: boolean,
  groups: number,
  emit: Emitter,
): string {
  const { samples, channels, height, width } = extents(shape, planes);
  const parts = samples / groups;
  const [apart, order] = planes
    ? [
        [groups, parts, channels, height * width],
        [0, 2, 1, 3],
      ]
    : [
        [groups, parts, height * width, channels],
        [0, 3, 1, 2],
      ];
  const split = emit.op('Reshape', [x, emit.ints(apart)]);
  const first = emit.op('Transpose', [split], { perm: { ints: order } });
  return emit.op('Reshape', [first, emit.ints([groups * channels, parts, height, width])]);
}

/**
 * The correlation of two images over their samples, [channels of still, places, channels of moved], where `still` is
 * the window that moves over `moved`. The channels of `moved` are a third axis of space: then the runtime's matrix
 * product is as wide as the filter has numbers for one output, and two to four times as fast as a convolution with
 * these channels as a batch; and `moved` stays as it lies in memory.
 */
export function correlate(still: Image, moved: Image, how: Steps, emit: Emitter): string {
  const samples = moved.shape[0]!;
  const groups = smallestFactor(samples);
  const { channels, height, width } = extents(still.shape, still.planes);
  const windows = windowsOf(still.name, still.shape, still.planes, groups, emit);
  const [top, left, bottom, right] = how.pads as [number, number, number, number];
  const operands = [
    emit.op('Reshape', [moved.name, emit.ints([1, ...moved.shape])]),
    emit.op('Reshape', [windows, emit.ints([groups * channels, samples / groups, height, width, 1])]),
  ];
  // A stride of the convolution is a dilation here: windows were apart by it.
  const whole = emit.op('Conv', operands, {
    dilations: { ints: [...how.strides, 1] },
    pads: { ints: [top, left, 0, bottom, right, 0] },
    group: { int: groups },
  });
  return sumOfGroups(whole, groups, emit);
}

/** Below this number of channels an image is cheaply written out once for each place of the window. */
export const NARROW = 8;

/**
 * The same where `moved` has few channels, [places, channels of moved, channels of still]: `moved` is written out by
 * places, and one matrix product does the rest.
 */
export function correlateNarrow(
  still: Image,
  moved: Image,
  places: readonly [number, number],
  how: Steps,
  emit: Emitter,
): string {
  const [samples, tall, wide, depth] = moved.shape as [number, number, number, number];
  const [, height, width, channels] = still.shape as [number, number, number, number];
  const [top, left, bottom, right] = how.pads as [number, number, number, number];
  const groups = smallestFactor(samples);
  const apart = emit.op('Reshape', [moved.name, emit.ints([groups, samples / groups, tall, wide, depth])]);
  const planes = emit.op('Transpose', [apart], { perm: { ints: [0, 4, 1, 2, 3] } });
  const margins = emit.ints([0, 0, 0, top, left, 0, 0, 0, bottom, right]);
  const padded = emit.op('Pad', [planes, margins, emit.float(0)]);
  const reach = [how.strides[0]! * (height - 1) + 1, how.strides[1]! * (width - 1) + 1] as const;
  const rows = Array.from({ length: places[0] * places[1] }, (_, place) => {
    const [row, column] = [Math.floor(place / places[1]), place % places[1]];
    const ends = emit.ints([row + reach[0], column + reach[1]]);
    const steps = emit.ints(how.strides);
    return emit.op('Slice', [padded, emit.ints([row, column]), ends, emit.ints([3, 4]), steps]);
  });
  const pixels = (samples / groups) * height * width;
  const spread = emit.op('Reshape', [
    emit.op('Concat', rows, { axis: { int: 1 } }),
    emit.ints([groups, rows.length * depth, pixels]),
  ]);
  const windows = emit.op('Reshape', [still.name, emit.ints([groups, pixels, channels])]);
  return sumOfGroups(emit.op('MatMul', [spread, windows]), groups, emit);
}

/** [places, …] with the places in reverse, as they come where dy moved against x. */
export function reversed(x: string, places: number, emit: Emitter): string {
  const order = emit.ints(Array.from({ length: places }, (_, at) => places - 1 - at));
  return emit.op('Gather', [x, order], { axis: { int: 0 } });
}

import type { Kernel } from './kernel.js';
import { pair } from './convolution-geometry.js';
import { memberSize } from './shapes.js';

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

/** They have no batching rule: members that use them train one by one. */
export const poolingKernels: readonly Kernel[] = [
  pooling('MaxPool', 'Max'),
  pooling('AvgPool', 'Mean'),
  averageBack,
];

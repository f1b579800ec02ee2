import type { Kernel } from './kernel.js';
import { asChannels, onBlocks } from './channel-blocks.js';
import { memberSize } from './shapes.js';

/** [N, C/size, H, W, size] with other sides. */
const resized = (
  [n, groups, h, w, size]: readonly number[],
  side: (extent: number, axis: 0 | 1) => number,
): readonly number[] => [n!, groups!, side(h!, 0), side(w!, 1), size!];

/** Pooling of an image in blocks by windows that tile it. */
const blockedPooling = (name: string, operator: 'MaxPool' | 'AveragePool'): Kernel => ({
  name,
  internal: true,
  inputs: ['x'],
  attributes: (given) => given,
  shape: ([x], { size }) => [
    { shape: resized(x!.shape, (extent, axis) => extent / (size as number[])[axis]!), dtype: 'float32' },
  ],
  lower: ([x], { attributes, inputs, outputs }, emit) => {
    const size = attributes['size'] as number[];
    const shapes = { from: inputs[0]!.shape, to: outputs[0]!.shape };
    return [
      onBlocks(operator, [x!], shapes, emit, { kernel_shape: { ints: size }, strides: { ints: size } }),
    ];
  },
  flops: (node) => memberSize(node.inputs[0]!.shape),
});

/** Each pixel of an image in blocks repeated `size` times along height and width. */
const blockedEnlargement: Kernel = {
  name: 'BlockedEnlarge',
  internal: true,
  inputs: ['x'],
  attributes: (given) => given,
  shape: ([x], { size }) => [
    { shape: resized(x!.shape, (extent, axis) => extent * (size as number[])[axis]!), dtype: 'float32' },
  ],
  lower: ([x], { attributes, inputs, outputs }, emit) => {
    const [tall, wide] = attributes['size'] as [number, number];
    const [n, c, h, w] = asChannels(inputs[0]!.shape) as [number, number, number, number];
    const shapes = { from: [n, c, h, w], to: outputs[0]!.shape };
    const whole = emit.op('Reshape', [x!, emit.ints([n, c, h, w])]);
    return [onBlocks('Upsample', [whole], shapes, emit, { scales: { ints: [1, 1, tall, wide] } })];
  },
  flops: () => 0,
};

/** What the kernels of pooling become on images in blocks; no program calls them. */
export const blockedPoolingKernels: readonly Kernel[] = [
  blockedPooling('BlockedMaxPool', 'MaxPool'),
  blockedPooling('BlockedAveragePool', 'AveragePool'),
  blockedEnlargement,
];

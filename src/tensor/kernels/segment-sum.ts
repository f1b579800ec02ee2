import { tf } from '../tfjs.js';
import type { KernelPatch } from './kernel-patch.js';

/**
 * x [n, …] summed by segment [n] → [segments, …]: the gradient of gathering rows, which wasm lacks. On the host,
 * where it is one pass in a fixed order; indices out of range are left out, as in TensorFlow.
 */
export const segmentSum: KernelPatch = {
  kernel: tf.UnsortedSegmentSum,
  backends: ['wasm'],
  make: () => (inputs, attributes) => {
    const x = inputs['x']!;
    const segments = inputs['segmentIds']!.dataSync<'int32'>();
    const count = attributes['numSegments'] as number;
    const row = x.shape.slice(1);
    const width = tf.util.sizeFromShape(row);
    const values = x.dataSync<'float32'>();
    const sums = new Float32Array(count * width);
    segments.forEach((segment, index) => {
      if (segment < 0 || segment >= count) return;
      for (let column = 0; column < width; column++) {
        sums[segment * width + column]! += values[index * width + column]!;
      }
    });
    return tf.tensor(sums, [count, ...row], 'float32');
  },
};

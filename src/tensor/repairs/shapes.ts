import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import type { Tensor } from '../tensor-types.js';
import { gradientConfig, type GradientRule } from './gradient-rule.js';

const toShapeOfInput = (kernel: string, input: string): GradientRule => ({
  kernel,
  inputs: [input],
  gradient: (dy, saved) => ({ [input]: () => tf.reshape(dy, saved[0]!.shape) }),
});

const transposeRule: GradientRule<{ readonly perm: number[] }> = {
  kernel: tf.Transpose,
  inputs: [],
  gradient: (dy, _saved, { perm }) => ({
    x: () => tf.transpose(dy, tf.backend_util.getUndoAxesPermutation(perm)),
  }),
};

const sliceRule: GradientRule<{ readonly begin: number | number[] }> = {
  kernel: tf.Slice,
  inputs: ['x'],
  gradient: (dy, [x], { begin }) => {
    const starts = typeof begin === 'number' ? [begin] : begin;
    const paddings = x!.shape.map((extent, axis): [number, number] => {
      const before = starts[axis] ?? 0;
      return [before, extent - before - dy.shape[axis]!];
    });
    return { x: () => tf.pad(dy, paddings) };
  },
};

const padRule: GradientRule<{ readonly paddings: readonly (readonly [number, number])[] }> = {
  kernel: tf.PadV2,
  inputs: ['x'],
  gradient: (dy, [x], { paddings }) => ({
    x: () =>
      tf.slice(
        dy,
        paddings.map(([before]) => before),
        x!.shape,
      ),
  }),
};

/** Slices only the parts that are asked for; stock splits all of dy. */
const concatRule: GradientRule<{ readonly axis: number }> = {
  kernel: tf.Concat,
  inputs: 'all',
  gradient: (dy, parts, { axis }) => {
    const along = axis < 0 ? dy.rank + axis : axis;
    const byInput: Record<string, () => Tensor> = {};
    let start = 0;
    parts.forEach((part, index) => {
      const begin = part.shape.map((_, dimension) => (dimension === along ? start : 0));
      start += part.shape[along]!;
      byInput[index] = () => tf.slice(dy, begin, part.shape);
    });
    return byInput;
  },
};

/** Sums over the repetitions in one step; stock adds up slices, for ranks up to 4. */
const tileRule: GradientRule<{ readonly reps: readonly number[] }> = {
  kernel: tf.Tile,
  inputs: ['x'],
  gradient: (dy, [x], { reps }) => ({
    x: () => {
      const tiled = x!.shape.map((_, axis) => axis).filter((axis) => reps[axis]! > 1);
      // [r · d] → [r, d] along each tiled axis; its r axis stands at axis + (tiled axes before it).
      const split = x!.shape.flatMap((extent, axis) =>
        tiled.includes(axis) ? [reps[axis]!, extent] : [extent],
      );
      return tf.reshape(
        tf.sum(
          tf.reshape(dy, split),
          tiled.map((axis, before) => axis + before),
        ),
        x!.shape,
      );
    },
  }),
};

export const shapeRules: readonly GradConfig[] = [
  gradientConfig(toShapeOfInput(tf.Reshape, 'x')),
  gradientConfig(toShapeOfInput(tf.ExpandDims, 'input')),
  gradientConfig(transposeRule),
  gradientConfig(sliceRule),
  gradientConfig(padRule),
  gradientConfig(concatRule),
  gradientConfig(tileRule),
];

import { z } from 'zod';
import type { Loss } from '../src/losses/loss.js';
import { hiddenWeights, zeros } from '../src/models/initial-weights.js';
import type { HostTensor, Model, Parameters } from '../src/models/model.js';
import { ops, type Tensor } from '../src/tensor/index.js';
import type { BenchCase } from './problems.js';

const CLASSES = 11;
/** Convolutions by name: height and width of the filter, channels in, channels out. */
const LAYERS = {
  down0a: [3, 3, 16],
  down0b: [3, 16, 16],
  down1a: [3, 16, 32],
  down1b: [3, 32, 32],
  middle0: [3, 32, 64],
  middle1: [3, 64, 64],
  up1a: [3, 96, 32],
  up1b: [3, 32, 32],
  up0a: [3, 48, 16],
  up0b: [3, 16, 16],
  classes: [1, 16, CLASSES],
} as const;
type Layer = keyof typeof LAYERS;

const convolve = (parameters: Parameters, layer: Layer, x: Tensor): Tensor =>
  ops.add(ops.conv2d(x, parameters[`${layer}/weight`]!, 1, 'same'), parameters[`${layer}/bias`]!);

const twice = (parameters: Parameters, first: Layer, second: Layer, x: Tensor): Tensor =>
  ops.relu(convolve(parameters, second, ops.relu(convolve(parameters, first, x))));

/** A small U-Net for [height, width, 3], sides multiples of 4: one row of logits, [pixels · classes], per sample. */
const uNet: Model<Record<string, never>> = {
  name: 'u-net',
  summary: 'two poolings, skip connections, nearest-neighbour enlargement',
  schema: z.strictObject({}),
  init: (_options, _shape, random) => {
    const entries = Object.entries(LAYERS).flatMap(
      ([name, [side, incoming, outgoing]]): [string, HostTensor][] => {
        const fan = { incoming: side * side * incoming, outgoing: side * side * outgoing };
        return [
          [`${name}/weight`, hiddenWeights([side, side, incoming, outgoing], fan, 'relu', random)],
          [`${name}/bias`, zeros([outgoing])],
        ];
      },
    );
    return Object.fromEntries(entries);
  },
  forward: (_options, _shape, parameters, x) => {
    const down0 = twice(parameters, 'down0a', 'down0b', x);
    const down1 = twice(parameters, 'down1a', 'down1b', ops.maxPool(down0, 2));
    const middle = twice(parameters, 'middle0', 'middle1', ops.maxPool(down1, 2));
    const up1 = twice(parameters, 'up1a', 'up1b', ops.concat([ops.enlarge(middle, 2), down1], 3));
    const up0 = twice(parameters, 'up0a', 'up0b', ops.concat([ops.enlarge(up1, 2), down0], 3));
    const logits = convolve(parameters, 'classes', up0);
    return { label: ops.reshape(logits, [x.shape[0], logits.size / x.shape[0]]) };
  },
};

/** Cross-entropy of every pixel, averaged over the pixels of a sample. */
const pixelCrossEntropy: Loss = {
  name: 'pixel-cross-entropy',
  summary: 'softmax cross-entropy of each pixel',
  parameters: [],
  source: 'Ronneberger et al., MICCAI 2015, section 3, without weights',
  perSample: {
    multiclass: ({ prediction, target }) => {
      const samples = prediction.shape[0];
      const rows = [prediction.size / CLASSES, CLASSES];
      const terms = ops.mul(ops.logSoftmax(ops.reshape(prediction, rows)), ops.reshape(target, rows));
      return ops.neg(ops.mul(ops.mean(ops.reshape(terms, [samples, prediction.size / samples]), 1), CLASSES));
    },
  },
};

/** 64 × 48 pixels in colour, batch 8. */
export const U_NET: BenchCase = {
  inputShape: [64, 48, 3],
  classes: 64 * 48 * CLASSES,
  model: { name: 'u-net' },
  batchSize: 8,
  samples: 64,
  own: { model: uNet, loss: pixelCrossEntropy, group: CLASSES },
};

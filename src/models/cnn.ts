import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { ops, type Tensor } from '../tensor/index.js';
import { activate, activationSchema } from './activation.js';
import { forwardDense, initDense } from './dense.js';
import { hiddenWeights, zeros } from './initial-weights.js';
import type { HostTensor, Model, ModelShape } from './model.js';

/** Every convolution is followed by a max-pooling with this window and stride. */
const POOL = 2;

const schema = z.strictObject({
  /** Channels of each convolution; each one halves height and width afterwards. */
  channels: z.array(z.int().positive()).min(1).default([8, 16]),
  /** Height and width of the filters: odd, so that `same` padding is symmetric. */
  kernel: z
    .int()
    .positive()
    .refine((size) => size % 2 === 1, 'must be odd')
    .default(3),
  /** Units of each dense layer between the convolutions and the heads. */
  hidden: z.array(z.int().positive()).default([32]),
  activation: activationSchema,
});

export type CnnOptions = z.infer<typeof schema>;

/** Convolutions (stride 1, same padding) with max-pooling, then dense layers, then the heads. */
export const cnn: Model<CnnOptions> = {
  name: 'cnn',
  summary:
    'convolutional network for [height, width, channels]: convolution, activation, max-pool 2; dense; heads',
  schema,
  init: (options, shape, random) => {
    const { kernel, activation } = options;
    const [height, width, depth] = imageShape(options, shape);
    const entries: (readonly [string, HostTensor])[] = [];
    let incoming = depth;
    options.channels.forEach((outgoing, layer) => {
      const fan = { incoming: kernel * kernel * incoming, outgoing: kernel * kernel * outgoing };
      const filter = [kernel, kernel, incoming, outgoing];
      entries.push([`convolution/${layer}/weight`, hiddenWeights(filter, fan, activation, random)]);
      entries.push([`convolution/${layer}/bias`, zeros([outgoing])]);
      incoming = outgoing;
    });
    const shrink = POOL ** options.channels.length;
    const flat = (height / shrink) * (width / shrink) * incoming;
    return Object.fromEntries([...entries, ...initDense(options, flat, shape.heads, random)]);
  },
  forward: (options, shape, parameters, x) => {
    const features = options.channels.reduce((input: Tensor, _channels, layer) => {
      const convolved = ops.conv2d(input, parameters[`convolution/${layer}/weight`]!, 1, 'same');
      // Adding a bias and every activation here are monotone, so pooling first gives the same values from a quarter
      // of the work.
      const pooled = ops.maxPool(convolved, POOL);
      return activate(options.activation, ops.add(pooled, parameters[`convolution/${layer}/bias`]!));
    }, x);
    const size = features.shape.slice(1).reduce((product, extent) => product * extent, 1);
    const flat = ops.reshape(features, [features.shape[0], size]);
    return forwardDense(options, shape.heads, parameters, flat);
  },
};

/** @throws UserError `unsupported` when the input is no image, or its sides cannot be halved often enough. */
function imageShape(options: CnnOptions, shape: ModelShape): readonly [number, number, number] {
  const [height, width, depth, ...rest] = shape.input;
  const shrink = POOL ** options.channels.length;
  const fits =
    height !== undefined &&
    width !== undefined &&
    depth !== undefined &&
    rest.length === 0 &&
    height % shrink === 0 &&
    width % shrink === 0;
  if (fits) return [height, width, depth];
  throw new UserError({
    code: 'unsupported',
    message: 'the model "cnn" does not fit the input of this task',
    found: `input [${shape.input.join(', ')}]`,
    expected: `[height, width, channels] with height and width multiples of ${shrink}`,
  });
}

import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { findDataFile } from '../data/find-data-file.js';
import { parseIdx, type IdxArray } from '../data/idx.js';
import { moments } from '../data/moments.js';
import { readBytes } from '../data/read-bytes.js';
import { assembleTask } from './assemble.js';
import { splitClasses } from './class-split.js';
import { CLASS_HEAD, classHead, classMetrics, classTargets, wrongLabels } from './classification.js';
import {
  fractionsOption,
  imbalanceOption,
  labelNoiseOptions,
  seedOption,
  taskStreams,
} from './common-options.js';
import type { Task, TaskEnvironment } from './task.js';

const schema = z.strictObject({
  images: z.string().min(1).describe('IDX file of the images [n, height, width]; gzip or not'),
  labels: z.string().min(1).describe('IDX file of the labels [n]; gzip or not'),
  classes: z
    .array(z.int().min(0).max(255))
    .min(2)
    .refine((list) => new Set(list).size === list.length, { error: 'a class is listed twice' })
    .optional()
    .describe('labels to keep, in the order of their class numbers; two make a binary task; default: all'),
  size: z
    .int()
    .min(4)
    .optional()
    .describe('images to draw at random, the same share of each class; default: all'),
  flatten: z
    .boolean()
    .default(true)
    .describe('true: one row of pixels (MLP); false: [height, width, 1] (CNN)'),
  imbalance: imbalanceOption.default(1),
  ...labelNoiseOptions,
  fractions: fractionsOption,
  seed: seedOption,
});

type IdxImagesOptions = z.infer<typeof schema>;

/**
 * Grey images of classes in the IDX format of MNIST. Pixels are divided by 255 and standardised by one mean and
 * one deviation, those of all pixels of the train part. The long tail and the wrong labels are made after the
 * split, so that validation, selection and test stay balanced and clean.
 */
export const idxImages: Task<IdxImagesOptions> = {
  name: 'idx-images',
  summary: 'grey images of classes in IDX files (MNIST), with long tail and label noise',
  schema,
  async load(options, environment) {
    const { images, rows, labels, classes } = readImages(options, environment);
    const names = classes.map(String);
    const split = splitClasses(labels, names, options, taskStreams(options.seed, 'idx-images'));
    const [, height, width] = images.shape as readonly [number, number, number];
    const pixels = height * width;
    const size = split.rows.length;
    const inputs = new Float32Array(size * pixels);
    split.rows.forEach((row, sample) => {
      const start = rows[row]! * pixels;
      inputs.set(images.values.subarray(start, start + pixels), sample * pixels);
    });
    standardisePixels(inputs, pixels, split.parts.train, images.file);
    return assembleTask({
      size,
      inputShape: options.flatten ? [pixels] : [height, width, 1],
      inputs,
      heads: [classHead(classes.length)],
      targets: { [CLASS_HEAD]: classTargets(split.labels, classes.length) },
      columns: { 'wrong-label': wrongLabels(split) },
      parts: split.parts,
      notes: split.notes,
    });
  },
  defaults: ({ flatten }, data) => ({
    model: flatten ? { name: 'mlp', hidden: [64] } : { name: 'cnn' },
    metrics: classMetrics(data, data.heads[0]!),
    plainLoss: { [CLASS_HEAD]: 'cross-entropy' },
  }),
};

interface LabelledImages {
  readonly images: IdxArray & { readonly file: string };
  /** Image of each row that is kept, and its class number. */
  readonly rows: readonly number[];
  readonly labels: Int32Array;
  /** Label of each class number. */
  readonly classes: readonly number[];
}

function readImages(options: IdxImagesOptions, environment: TaskEnvironment): LabelledImages {
  const imageFile = findDataFile(options.images, environment);
  const labelFile = findDataFile(options.labels, environment);
  const images = parseIdx(readBytes(imageFile), imageFile, 3);
  const { values } = parseIdx(readBytes(labelFile), labelFile, 1);
  const fault = (message: string, found: string, expected: string): UserError =>
    new UserError({ code: 'data', message, place: { file: labelFile }, found, expected });
  if (values.length !== images.shape[0]) {
    throw fault(
      'images and labels differ in number',
      `${values.length} labels`,
      `${images.shape[0]!} labels`,
    );
  }
  const present = [...new Set(values)].sort((a, b) => a - b);
  const classes = options.classes ?? present;
  const absent = classes.find((label) => !present.includes(label));
  if (absent !== undefined) {
    throw fault('a class has no image', String(absent), `some of ${present.join(', ')}`);
  }
  if (classes.length < 2) throw fault('the labels have one class only', String(classes[0]), 'two classes');
  const rows = Array.from(values.keys()).filter((row) => classes.includes(values[row]!));
  return {
    images: { ...images, file: imageFile },
    rows,
    labels: Int32Array.from(rows, (row) => classes.indexOf(values[row]!)),
    classes,
  };
}

/** (pixel / 255 − mean) / deviation in place. */
function standardisePixels(inputs: Float32Array, pixels: number, train: Int32Array, file: string): void {
  const seen = new Float32Array(train.length * pixels);
  train.forEach((sample, position) =>
    seen.set(inputs.subarray(sample * pixels, (sample + 1) * pixels), position * pixels),
  );
  // In pixel units: dividing by 255 first would cancel.
  const { mean, deviation } = moments(seen);
  if (deviation === 0) {
    throw new UserError({
      code: 'data',
      message: 'all pixels of the train part are equal',
      place: { file },
      found: String(mean),
      expected: 'images with something on them',
    });
  }
  for (let entry = 0; entry < inputs.length; entry++) inputs[entry] = (inputs[entry]! - mean) / deviation;
}

import { z } from 'zod';
import { standardiseColumns } from '../data/moments.js';
import type { TaskData } from '../problem/task-data.js';
import { assembleTask } from './assemble.js';
import { classSizes } from './class-sizes.js';
import { splitClasses, type ClassSplit, type ClassSplitOptions } from './class-split.js';
import { CLASS_HEAD, classHead, classTargets, wrongLabels } from './classification.js';
import {
  fractionsOption,
  labelNoiseOptions,
  seedOption,
  taskStreams,
  type TaskStreams,
} from './common-options.js';

/** How much is drawn, by tasks that need no file. @param size default number of samples */
export const drawnSizeOptions = (size: number) => ({
  size: z.int().min(40).max(1_000_000).default(size).describe('number of samples in all four parts'),
  features: z.int().min(1).max(1000).default(10).describe('number of inputs'),
});

/** What is done to the samples once they are drawn. @param labelNoise default share of wrong labels */
export const drawnSplitOptions = (labelNoise: number) => ({
  ...labelNoiseOptions,
  labelNoise: labelNoiseOptions.labelNoise.default(labelNoise),
  fractions: fractionsOption,
  seed: seedOption,
});

interface DrawnOptions extends Omit<ClassSplitOptions, 'size'> {
  readonly size: number;
  readonly features: number;
  readonly classes: number;
  readonly seed: number;
}

interface DrawnSamples {
  /** Row-major [size, features]. */
  readonly inputs: Float64Array;
  readonly labels: Int32Array;
}

interface DrawnTask<Source extends DrawnSamples> {
  readonly name: string;
  readonly options: DrawnOptions;
  /** Samples with the given number of each class. */
  readonly draw: (counts: readonly number[], streams: TaskStreams) => Source;
  /** What the task has beside the head of the classes and the column `wrong-label`. */
  readonly more: (
    source: Source,
    split: ClassSplit,
    streams: TaskStreams,
  ) => Partial<Pick<TaskData, 'heads' | 'targets' | 'columns' | 'notes'>>;
}

/** Draws samples of classes, splits them, standardises the inputs and puts wrong labels where they are asked for. */
export function drawClasses<Source extends DrawnSamples>(task: DrawnTask<Source>): TaskData {
  const { name, options, draw, more } = task;
  const { size, features, classes, imbalance, seed } = options;
  const streams = taskStreams(seed, name);
  const counts = classSizes(size, classes, imbalance);
  const source = draw(counts, streams);
  const names = counts.map((_, label) => String(label));
  // The classes are drawn in their final shares: nothing is thinned out after the split.
  const split = splitClasses(source.labels, names, { ...options, size: undefined, imbalance: 1 }, streams);
  standardiseColumns(source.inputs, features, split.parts.train);
  const { heads = [], targets = {}, columns = {}, notes = [] } = more(source, split, streams);
  return assembleTask({
    size,
    inputShape: [features],
    inputs: Float32Array.from(source.inputs),
    heads: [classHead(classes), ...heads],
    targets: { [CLASS_HEAD]: classTargets(split.labels, classes), ...targets },
    columns: { ...columns, 'wrong-label': wrongLabels(split) },
    parts: split.parts,
    notes: [...split.notes, ...notes],
  });
}

import { noisyLabels, type NOISE_KINDS } from '../data/label-noise.js';
import { classCounts, longTail } from '../data/long-tail.js';
import { splitParts, subsample, type Fractions } from '../data/split-parts.js';
import type { TaskStreams } from './common-options.js';
import { PARTS, type Part } from '../problem/part.js';

export interface ClassSplitOptions {
  readonly fractions: Fractions;
  /** Samples to choose before the split; undefined for all. */
  readonly size?: number | undefined;
  /** Long tail of the train part; 1 for none. */
  readonly imbalance: number;
  readonly labelNoise: number;
  readonly noiseKind: (typeof NOISE_KINDS)[number];
  readonly noisyParts: readonly Part[];
}

/** Which rows of the source are in the task, in which part, with which label. */
export interface ClassSplit {
  /** Row of the source of each sample, ascending. */
  readonly rows: Int32Array;
  /** Samples (not rows) of each part. */
  readonly parts: Readonly<Record<Part, Int32Array>>;
  /** Class of each sample before noise. */
  readonly trueLabels: Int32Array;
  /** Class of each sample as the task gives it. */
  readonly labels: Int32Array;
  /** What was done, for the notes. */
  readonly notes: readonly string[];
}

/**
 * The order of things that keeps a test honest: choose rows, split them stratified, and only then thin out the
 * train part to a long tail and put wrong labels into the parts that are to have them. Each step has its stream.
 */
export function splitClasses(
  sourceLabels: Int32Array,
  classNames: readonly string[],
  options: ClassSplitOptions,
  streams: TaskStreams,
): ClassSplit {
  const classes = classNames.length;
  const chosen = subsample(
    sourceLabels.length,
    sourceLabels,
    options.size ?? sourceLabels.length,
    streams('subsample'),
  );
  const chosenLabels = Int32Array.from(chosen, (row) => sourceLabels[row]!);
  const whole = splitParts({
    size: chosen.length,
    strata: chosenLabels,
    fractions: options.fractions,
    random: streams('split'),
  });
  const train = longTail({
    labels: chosenLabels,
    classes,
    rows: whole.train,
    imbalance: options.imbalance,
    random: streams('long-tail'),
  });
  const thinned = { ...whole, train };
  const kept = Int32Array.from(PARTS.flatMap((part) => [...thinned[part]])).sort();
  const sampleOf = new Map(Array.from(kept, (row, sample) => [row, sample]));
  const renumber = (part: Part): Int32Array => thinned[part].map((row) => sampleOf.get(row)!);
  const parts = {
    train: renumber('train'),
    validation: renumber('validation'),
    selection: renumber('selection'),
    test: renumber('test'),
  };
  const trueLabels = Int32Array.from(kept, (row) => chosenLabels[row]!);
  const labels = noisyLabels({
    labels: trueLabels,
    classes,
    rows: Int32Array.from(options.noisyParts.flatMap((part) => [...parts[part]])).sort(),
    rate: options.labelNoise,
    kind: options.noiseKind,
    random: streams('label-noise'),
  });
  const split = { rows: kept.map((row) => chosen[row]!), parts, trueLabels, labels };
  const removed = whole.train.length - train.length;
  return { ...split, notes: splitNotes(split, classNames, removed, options) };
}

/** More classes than this are not counted one by one in the notes. */
const COUNTED_CLASSES = 20;

function splitNotes(
  { parts, labels, trueLabels }: Omit<ClassSplit, 'notes' | 'rows'>,
  classNames: readonly string[],
  removed: number,
  { noisyParts, noiseKind, imbalance }: ClassSplitOptions,
): string[] {
  const classes = classNames.length;
  const counts = PARTS.map((part) => classCounts(trueLabels, parts[part], classes));
  const notes: string[] = [];
  if (classes <= COUNTED_CLASSES) {
    const lines = classNames.map((name, label) => `${name}: ${counts.map((part) => part[label]).join('/')}`);
    notes.push(`samples per class (${PARTS.join('/')}): ${lines.join(', ')}`);
  }
  counts.forEach((part, index) => {
    const absent = classNames.filter((_, label) => part[label] === 0);
    if (absent.length > 0) notes.push(`no sample in the ${PARTS[index]!} part of: ${absent.join(', ')}`);
  });
  if (removed > 0) notes.push(`long tail ${imbalance}:1: ${removed} samples left out of the train part`);
  const wrong = labels.filter((label, sample) => label !== trueLabels[sample]).length;
  if (wrong > 0) notes.push(`${wrong} wrong labels (${noiseKind}) in: ${noisyParts.join(', ')}`);
  return notes;
}

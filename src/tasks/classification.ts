import { classCounts } from '../data/long-tail.js';
import type { Head } from '../problem/head.js';
import type { ClassSplit } from './class-split.js';
import type { TaskData, TargetValues } from '../problem/task-data.js';
import type { TaskDefaults } from './task.js';

/** Name of the head of every classification task. */
export const CLASS_HEAD = 'class';

/** Two classes: one logit for class 1. More: one logit for each class. */
export function classHead(classes: number): Head {
  return classes === 2
    ? { name: CLASS_HEAD, kind: 'binary', outputs: 1 }
    : { name: CLASS_HEAD, kind: 'multiclass', outputs: classes };
}

/** Class numbers as the targets of {@link classHead}: 0/1, or one-hot. */
export function classTargets(labels: Int32Array, classes: number): TargetValues {
  if (classes === 2) return Float32Array.from(labels);
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, sample) => (targets[sample * classes + label] = 1));
  return targets;
}

/** 1 for each sample whose label was made wrong: an oracle for curricula, offered as the column `wrong-label`. */
export function wrongLabels({ labels, trueLabels }: ClassSplit): Float32Array {
  return Float32Array.from(labels, (label, sample) => (label === trueLabels[sample] ? 0 : 1));
}

/** From this ratio of the largest to the smallest class in the train part on, accuracy says little. */
const IMBALANCED_RATIO = 3;

/**
 * Metrics of a classification head, primary first. Balanced data: accuracy. Imbalanced data: average precision for
 * two classes, which no shift of the threshold can improve; balanced accuracy for more.
 */
export function classMetrics(data: TaskData, head: Head): TaskDefaults['metrics'] {
  const names = isImbalanced(data, head)
    ? head.kind === 'binary'
      ? ['average-precision', 'balanced-accuracy', 'auroc', 'log-loss', 'calibration-error']
      : ['balanced-accuracy', 'macro-f1', 'accuracy', 'log-loss', 'calibration-error']
    : ['accuracy', 'auroc', 'log-loss', 'calibration-error'];
  return names.map((name) => (data.heads.length === 1 ? { name } : { name, head: head.name }));
}

function isImbalanced(data: TaskData, { name, kind, outputs }: Head): boolean {
  const target = data.targets[name]!;
  const labels = Int32Array.from({ length: data.size }, (_, sample) =>
    kind === 'binary'
      ? target[sample]!
      : target.subarray(sample * outputs, (sample + 1) * outputs).indexOf(1),
  );
  const counts = classCounts(labels, data.parts.train, kind === 'binary' ? 2 : outputs);
  return Math.max(...counts) >= IMBALANCED_RATIO * Math.min(...counts);
}

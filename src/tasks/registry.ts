import { createRegistry, type Registry } from '../core/registry.js';
import { csvClassification } from './csv-classification.js';
import { csvRegression } from './csv-regression.js';
import { idxImages } from './idx-images.js';
import { mixture } from './mixture.js';
import { multiTask } from './multi-task.js';
import type { AnyTask } from './task.js';

/** Every task that ships with Lossmith. To add one: one file and one line here. */
export const builtinTasks: Registry<AnyTask> = createRegistry<AnyTask>('task', [
  mixture,
  csvClassification,
  csvRegression,
  idxImages,
  multiTask,
]);

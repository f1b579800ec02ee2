import { createRegistry, type Registry } from '../core/registry.js';
import { constantSchedule } from './constant.js';
import { cosineSchedule } from './cosine.js';
import { curveSchedule } from './curve.js';
import { exponentialSchedule } from './exponential.js';
import { linearSchedule } from './linear.js';
import { plateauSchedule } from './plateau.js';
import type { AnySchedule } from './schedule.js';
import { stepSchedule } from './step.js';

/** Every schedule that comes with the package. */
export const builtinSchedules: Registry<AnySchedule> = createRegistry<AnySchedule>('schedule', [
  constantSchedule,
  linearSchedule,
  cosineSchedule,
  exponentialSchedule,
  stepSchedule,
  curveSchedule,
  plateauSchedule,
]);

import { createRegistry, type Registry } from '../core/registry.js';
import { accuracy } from './accuracy.js';
import { auroc } from './auroc.js';
import { averagePrecision } from './average-precision.js';
import { balancedAccuracy } from './balanced-accuracy.js';
import { calibrationError } from './calibration-error.js';
import { logLoss } from './log-loss.js';
import { macroF1 } from './macro-f1.js';
import { mae } from './mae.js';
import type { Metric } from './metric.js';
import { rmse } from './rmse.js';

/** Every metric that ships with Lossmith. To add one: one file and one line here. */
export const builtinMetrics: Registry<Metric> = createRegistry('metric', [
  accuracy,
  balancedAccuracy,
  macroF1,
  auroc,
  averagePrecision,
  logLoss,
  calibrationError,
  mae,
  rmse,
]);

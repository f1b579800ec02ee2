import { createRegistry, type Registry } from '../core/registry.js';
import { asymmetric } from './asymmetric.js';
import { asymmetricSingleLabel } from './asymmetric-single-label.js';
import { balancedFocal } from './balanced-focal.js';
import { barron } from './barron.js';
import { classBalancedCrossEntropy } from './class-balanced-cross-entropy.js';
import { classWeightedCrossEntropy } from './class-weighted-cross-entropy.js';
import { crossEntropy } from './cross-entropy.js';
import { dice } from './dice.js';
import { focal } from './focal.js';
import { focalTversky } from './focal-tversky.js';
import { generalizedCrossEntropy } from './generalized-cross-entropy.js';
import { huber } from './huber.js';
import { labelSmoothing } from './label-smoothing.js';
import { logCosh } from './log-cosh.js';
import type { Loss } from './loss.js';
import { mae } from './mae.js';
import { mse } from './mse.js';
import { poly1 } from './poly-1.js';
import { symbolic } from './symbolic.js';
import { symmetricCrossEntropy } from './symmetric-cross-entropy.js';
import { tversky } from './tversky.js';

/** Every loss that comes with Lossmith: to add one, add a file and a line. */
export const builtinLosses: Registry<Loss> = createRegistry('loss', [
  crossEntropy,
  labelSmoothing,
  classWeightedCrossEntropy,
  classBalancedCrossEntropy,
  focal,
  balancedFocal,
  asymmetric,
  asymmetricSingleLabel,
  poly1,
  generalizedCrossEntropy,
  symmetricCrossEntropy,
  dice,
  tversky,
  focalTversky,
  mse,
  mae,
  huber,
  logCosh,
  barron,
  symbolic,
]);

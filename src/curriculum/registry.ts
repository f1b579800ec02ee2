import { createRegistry, type Registry } from '../core/registry.js';
import type { Pacing } from './pacing.js';
import { exponentialPacing } from './pacings/exponential.js';
import { linearPacing } from './pacings/linear.js';
import { logarithmicPacing } from './pacings/logarithmic.js';
import { quadraticPacing } from './pacings/quadratic.js';
import { rootPacing } from './pacings/root.js';
import { stepPacing } from './pacings/step.js';

/** Every pacing function that comes with the package. */
export const builtinPacings: Registry<Pacing> = createRegistry<Pacing>('pacing function', [
  linearPacing,
  quadraticPacing,
  rootPacing,
  stepPacing,
  exponentialPacing,
  logarithmicPacing,
]);

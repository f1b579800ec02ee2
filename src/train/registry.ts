import { createRegistry } from '../core/registry.js';
import type { Registry } from '../core/registry.js';
import { adam } from './adam.js';
import { adamw } from './adamw.js';
import { momentum } from './momentum.js';
import type { AnyOptimizerRule } from './optimizer-rule.js';
import { sgd } from './sgd.js';

/** The optimizers that come with Lossmith. */
export const builtinOptimizers: Registry<AnyOptimizerRule> = createRegistry<AnyOptimizerRule>('optimizer', [
  sgd,
  momentum,
  adam,
  adamw,
]);

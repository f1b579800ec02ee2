import { createRegistry, type Registry } from '../core/registry.js';
import { compute } from './compute.js';
import { expectedRegret } from './expected-regret.js';
import { noImprovement } from './no-improvement.js';
import type { AnyStoppingRule } from './rule.js';
import { target } from './target.js';
import { trials } from './trials.js';

export const builtinStoppingRules: Registry<AnyStoppingRule> = createRegistry<AnyStoppingRule>(
  'stopping rule',
  [target, noImprovement, expectedRegret, compute, trials],
);

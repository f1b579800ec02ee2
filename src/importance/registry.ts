import { createRegistry, type Registry } from '../core/registry.js';
import type { ImportanceEvaluator } from './evaluator.js';
import { fanova } from './fanova.js';
import { pedAnova } from './ped-anova.js';

/** The first one is the default. */
export const builtinImportanceEvaluators: Registry<ImportanceEvaluator> = createRegistry(
  'importance evaluator',
  [pedAnova, fanova],
);

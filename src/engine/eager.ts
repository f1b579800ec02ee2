import { createEagerSession } from './eager-session.js';
import type { Engine } from './engine.js';

/**
 * The step as TensorFlow.js runs it on the current backend, members one after another. Slow and plain: the
 * reference for the numbers of every other engine.
 */
export const eager: Engine = {
  name: 'eager',
  summary: 'TensorFlow.js, operation by operation: the reference for correctness',
  cohort: 1,
  unavailable: () => Promise.resolve(undefined),
  prepare: async (problem) => createEagerSession(problem),
};

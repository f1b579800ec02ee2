import { UserError } from '../core/errors.js';
import { runtimeProblem } from './compiled/runtime.js';
import { eager } from './eager.js';
import type { Engine, EngineProblem, EngineSession } from './engine.js';

/** Members beyond this number make a cohort slower: their values leave the caches of a processor core. */
const COHORT = 32;

/**
 * The same step, traced once, vectorised over the members of a cohort and run by ONNX Runtime. A step that cannot
 * be traced is trained by the engine `eager`, and the session says why.
 */
export const compiled: Engine = {
  name: 'compiled',
  summary: 'traced once, vectorised over a population, run by ONNX Runtime',
  cohort: COHORT,
  unavailable: runtimeProblem,
  prepare: async (problem) => {
    // Tracing, lowering and ONNX are for those who train: other commands start without.
    const { createCompiledSession } = await import('./compiled/compiled-session.js');
    try {
      return createCompiledSession(problem);
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'untraceable')) throw error;
      return eagerInstead(problem, error);
    }
  },
};

/** The names in a loss's structure, as a user knows it: `mine`, or `weighted-sum, focal, dice`. */
function namesIn(structure: string): string {
  const names = new Set<string>();
  JSON.parse(structure, function (this: object, key, value: unknown) {
    // What has a loss is a head.
    if (key === 'name' && typeof value === 'string' && !('loss' in this)) names.add(value);
    return value;
  });
  return [...names].join(', ');
}

async function eagerInstead(problem: EngineProblem, reason: UserError): Promise<EngineSession> {
  const { message, found, expected } = reason;
  const session = await eager.prepare(problem);
  const note = `the loss ${namesIn(problem.loss.structure)} trains with the engine eager: ${message} (${found}); to compile it, use ${expected}`;
  return { ...session, note, otherEngine: eager.name };
}

import { UserError } from '../core/errors.js';
import { createCompiledSession } from './compiled/compiled-session.js';
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
    try {
      return createCompiledSession(problem);
    } catch (error) {
      if (!(error instanceof UserError && error.code === 'untraceable')) throw error;
      return eagerInstead(problem, error);
    }
  },
};

async function eagerInstead(problem: EngineProblem, reason: UserError): Promise<EngineSession> {
  const { message, found, expected } = reason;
  const session = await eager.prepare(problem);
  const note = `the loss ${problem.loss.structure} trains with the engine eager: ${message} (${found}); to compile it, use ${expected}`;
  return { ...session, note, otherEngine: eager.name };
}

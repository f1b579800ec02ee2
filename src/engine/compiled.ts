import { stream } from '../core/random.js';
import { createCompiledSession } from './compiled/compiled-session.js';
import type { Engine, EngineProblem } from './engine.js';
import type { HostParameters, HostTensor } from '../models/model.js';
import { stepProblemOf } from './step-problem-of.js';

/** The same step, traced once, vectorised over the members of a cohort and run by ONNX Runtime. */
export const compiled: Engine = {
  name: 'compiled',
  summary: 'traced once, vectorised over a population, run by ONNX Runtime',
  cohort: 64,
  prepare: (problem) => Promise.resolve(createCompiledSession(problem, someParameters(problem))),
};

/** Parameters of the right names and shapes. */
function someParameters(problem: EngineProblem): HostParameters {
  const { shape } = stepProblemOf(problem);
  const learned = problem.loss.learned.map(({ name, initial }): [string, HostTensor] => [
    name,
    { shape: [], values: Float32Array.of(initial) },
  ]);
  return {
    ...problem.model.init(problem.modelOptions, shape, stream('shapes')),
    ...Object.fromEntries(learned),
  };
}

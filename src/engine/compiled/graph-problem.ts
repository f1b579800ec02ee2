import { stream } from '../../core/random.js';
import type { HostParameters, HostTensor } from '../../models/model.js';
import { flatLayout } from '../../train/flat-layout.js';
import { classCounts } from '../class-counts.js';
import type { EngineProblem } from '../engine.js';
import { stepProblemOf } from '../step-problem-of.js';
import type { GraphProblem } from './step-inputs.js';

/** What fixes the graphs of a problem. */
export function graphProblem(problem: EngineProblem): GraphProblem {
  const step = stepProblemOf(problem);
  const counts = Object.entries(classCounts(problem.data));
  return {
    problem: step,
    layout: flatLayout(someParameters(problem)),
    batchSize: problem.batchSize,
    countSizes: Object.fromEntries(counts.map(([head, values]) => [head, values.length])),
  };
}

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

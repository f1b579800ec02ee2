import { stream } from '../../core/random.js';
import { flatLayout } from '../../train/flat-layout.js';
import { initialParameters } from '../../train/initial-parameters.js';
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
    // Names and shapes alone matter.
    layout: flatLayout(initialParameters(step, stream('shapes'))),
    batchSize: problem.batchSize,
    countSizes: Object.fromEntries(counts.map(([head, values]) => [head, values.length])),
  };
}

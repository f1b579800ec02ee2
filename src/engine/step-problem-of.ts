import { builtinOptimizers } from '../train/registry.js';
import type { StepProblem } from '../train/step-problem.js';
import type { EngineProblem } from './engine.js';

/** The static part of a problem of an engine: what its training step is built from. */
export function stepProblemOf(problem: EngineProblem): StepProblem {
  return {
    model: problem.model,
    modelOptions: problem.modelOptions,
    shape: { input: problem.data.inputShape, heads: problem.data.heads },
    loss: problem.loss,
    reduction: problem.reduction,
    optimizer: { rule: builtinOptimizers.get(problem.optimizer.name), spec: problem.optimizer },
  };
}

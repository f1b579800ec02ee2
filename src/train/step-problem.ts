import type { Reduction } from '../losses/reduce-per-sample.js';
import type { BuiltLoss } from '../losses/built-loss.js';
import type { AnyModel, ModelShape } from '../models/model.js';
import type { AnyOptimizerRule } from './optimizer-rule.js';
import type { OptimizerSpec } from './optimizer.js';

/** What fixes the graph of a training step: everything static, and nothing that is searched. */
export interface StepProblem {
  readonly model: AnyModel;
  readonly modelOptions: unknown;
  readonly shape: ModelShape;
  readonly loss: BuiltLoss;
  readonly reduction: Reduction;
  readonly optimizer: { readonly rule: AnyOptimizerRule; readonly spec: OptimizerSpec };
}

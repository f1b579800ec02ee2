import type { z } from 'zod';
import type { Named } from '../core/registry.js';
import type { Tensor } from '../tensor/index.js';
import type { OptimizerSpec } from './optimizer.js';

/** What the update of one parameter tensor reads. Everything is elementwise, so any shape will do. */
export interface UpdateInputs {
  readonly parameter: Tensor;
  readonly gradient: Tensor;
  /** State of this parameter, one tensor of its shape per name in {@link OptimizerRule.slots}. */
  readonly slots: readonly Tensor[];
  /** What {@link OptimizerRule.scalars} gave for this step, as scalar tensors. */
  readonly scalars: readonly Tensor[];
  /** False for parameters of the loss, which weight decay leaves alone. */
  readonly decays: boolean;
}

/**
 * An optimizer as pure functions. What changes from step to step without looking at tensors (learning rate, bias
 * correction) is computed on the host in double precision and fed as scalars.
 */
export interface OptimizerRule<Spec extends OptimizerSpec = OptimizerSpec> extends Named {
  /** Strict zod object of the settings, with their defaults. */
  readonly schema: z.ZodType<Spec>;
  /** Names of the state tensors that every parameter has; they start at zero. */
  readonly slots: readonly string[];
  /** How many scalars a step takes. */
  readonly scalarCount: number;
  /** Scalars of step `step` (the first is 1). */
  scalars(spec: Spec, step: number, learningRate: number): readonly number[];
  update(spec: Spec, inputs: UpdateInputs): { readonly parameter: Tensor; readonly slots: readonly Tensor[] };
  /** Paper, or the implementation that it agrees with. */
  readonly source: string;
}

/** An optimizer whose settings type is hidden, as registries hold it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the settings are checked by `schema` at run time
export type AnyOptimizerRule = OptimizerRule<any>;

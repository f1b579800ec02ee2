import type { Json } from '../../core/json.js';
import type { Tensor } from '../../tensor/index.js';
import type { LossInputs } from '../loss.js';
import type { PlacedParameter } from './placed-parameter.js';

/** The loss of one head: its shape as data, its parameters in order, and its value. */
export interface LossPart {
  /** All that shapes the graph; no θ. */
  readonly structure: Json;
  readonly parameters: readonly PlacedParameter[];
  /** [N]; `theta` holds one tensor for each of `parameters`. */
  perSample(
    inputs: Pick<LossInputs, 'prediction' | 'target' | 'classCounts'>,
    theta: readonly Tensor[],
  ): Tensor;
}

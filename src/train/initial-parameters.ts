import type { Stream } from '../core/random.js';
import type { HostParameters, HostTensor } from '../models/model.js';
import type { StepProblem } from './step-problem.js';

/** Parameters before the first step: those of the model from a stream, then the learned ones of the loss. */
export function initialParameters(
  { model, modelOptions, shape, loss }: Pick<StepProblem, 'model' | 'modelOptions' | 'shape' | 'loss'>,
  random: Stream,
): HostParameters {
  const learned = loss.learned.map(({ name, initial }): [string, HostTensor] => [
    name,
    { shape: [], values: Float32Array.of(initial) },
  ]);
  return { ...model.init(modelOptions, shape, random), ...Object.fromEntries(learned) };
}

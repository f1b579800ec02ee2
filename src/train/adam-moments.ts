import { z } from 'zod';
import { ops, type Tensor } from '../tensor/index.js';
import type { UpdateInputs } from './optimizer-rule.js';

/** Settings that Adam and AdamW share. The default of epsilon is that of TensorFlow.js. */
export const adamSettings = {
  beta1: z.number().min(0).lt(1).default(0.9),
  beta2: z.number().min(0).lt(1).default(0.999),
  epsilon: z.number().positive().default(1e-7),
};

export interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

/** Names of the state of Adam: running means of g and of g². */
export const ADAM_SLOTS = ['first-moment', 'second-moment'] as const;

/**
 * η_t = η √(1−β2^t) / (1−β1^t) and ε_t = ε √(1−β2^t). With them η (m/(1−β1^t)) / (√(v/(1−β2^t)) + ε) is exactly
 * η_t m / (√v + ε_t): the bias corrections cost no tensor operation (Kingma & Ba, section 2).
 */
export function adamScalars(
  settings: AdamSettings,
  step: number,
  learningRate: number,
): readonly [rate: number, epsilon: number] {
  const second = Math.sqrt(1 - settings.beta2 ** step);
  return [(learningRate * second) / (1 - settings.beta1 ** step), settings.epsilon * second];
}

/** New moments, and the step η_t m / (√v + ε_t) that is subtracted from the parameter. */
export function adamMoments(
  settings: AdamSettings,
  { gradient, slots, scalars }: UpdateInputs,
): { readonly first: Tensor; readonly second: Tensor; readonly change: Tensor } {
  const first = ops.add(ops.mul(slots[0]!, settings.beta1), ops.mul(gradient, 1 - settings.beta1));
  const second = ops.add(
    ops.mul(slots[1]!, settings.beta2),
    ops.mul(ops.square(gradient), 1 - settings.beta2),
  );
  const change = ops.div(ops.mul(first, scalars[0]!), ops.add(ops.sqrt(second), scalars[1]!));
  return { first, second, change };
}

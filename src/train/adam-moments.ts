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

/**
 * Names of the state of Adam: discounted sums of g and of g², Σ β^k g_{t−k}. They are the running means m and v of the
 * paper over 1 − β1 and 1 − β2: a pass over the parameters less for each, and the factors are part of the scalars.
 */
export const ADAM_SLOTS = ['gradient-sum', 'square-sum'] as const;

/**
 * η_t = η √(1−β2^t) / (1−β1^t) · (1−β1) / √(1−β2) and ε_t = ε √(1−β2^t) / √(1−β2). With them
 * η (m/(1−β1^t)) / (√(v/(1−β2^t)) + ε) of means m and v is exactly η_t M / (√V + ε_t) of sums M and V: bias correction
 * costs no tensor operation (Kingma & Ba, section 2).
 */
export function adamScalars(
  { beta1, beta2, epsilon }: AdamSettings,
  step: number,
  learningRate: number,
): readonly [rate: number, epsilon: number] {
  const second = Math.sqrt((1 - beta2 ** step) / (1 - beta2));
  return [(learningRate * second * (1 - beta1)) / (1 - beta1 ** step), epsilon * second];
}

/** New sums, and the step η_t M / (√V + ε_t) that is subtracted from the parameter. */
export function adamMoments(
  settings: AdamSettings,
  { gradient, slots, scalars }: UpdateInputs,
): { readonly first: Tensor; readonly second: Tensor; readonly change: Tensor } {
  const first = ops.add(ops.mul(slots[0]!, settings.beta1), gradient);
  const second = ops.add(ops.mul(slots[1]!, settings.beta2), ops.square(gradient));
  const change = ops.div(ops.mul(first, scalars[0]!), ops.add(ops.sqrt(second), scalars[1]!));
  return { first, second, change };
}

import { ops } from '../tensor/index.js';
import type { Loss } from './loss.js';
import { OVER, overlapLoss, SMOOTH } from './parts/overlap.js';

/**
 * Soft Dice loss of each class, averaged over the classes (two classes: the positive one). Products p·t, so soft
 * targets are accepted, but only the squared form is least at p = t for them. A class that is absent costs its
 * predicted mass over itself plus `smooth`: with `smooth` 0 that is 1 without a gradient.
 */
export const dice: Loss = {
  name: 'dice',
  summary: 'Dice loss: 1 − (2 Σpt + s)/(Σp + Σt + s); squared: Σp², Σt² below',
  parameters: [SMOOTH],
  options: [
    { name: 'squared', choices: [false, true], summary: 'squares of p and t in the denominator' },
    OVER,
  ],
  perSample: overlapLoss(({ probability, target }, { options }) => {
    const both = ops.mul(2, ops.mul(probability, target));
    const whole =
      options.squared === true
        ? ops.add(ops.square(probability), ops.square(target))
        : ops.add(probability, target);
    return { error: ops.sub(whole, both), whole };
  }),
  source: 'Milletari et al., V-Net, 3DV 2016 (squared); Drozdzal et al., DLMIA 2016',
  textbook: [{ smooth: 1e-5 }],
};

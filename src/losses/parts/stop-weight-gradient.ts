import type { LossOption } from '../loss.js';

/** The released code of ASL stops these gradients in one of its classes and not in the other. */
export const STOP_WEIGHT_GRADIENT: LossOption = {
  name: 'stopWeightGradient',
  choices: [false, true],
  summary: 'whether the focusing factors are constants to the gradient of the prediction',
};

import type { Loss } from './loss.js';
import { focalTerm } from './parts/focal-term.js';
import { fromTargetLogit } from './parts/from-target-class.js';

/** Without α: a factor that is the same for all classes would only be a learning rate. See `balanced-focal`. */
export const focal: Loss = {
  name: 'focal',
  summary: 'Focal loss: −(1−p_y)^γ log p_y',
  parameters: [
    {
      name: 'gamma',
      default: 2,
      low: 0,
      high: 10,
      typical: [0, 5],
      summary: 'focusing γ: 0 is cross-entropy, more looks harder at what is still wrong',
    },
  ],
  perSample: fromTargetLogit((logit, { theta }) => focalTerm(logit, theta.gamma!)),
  source: 'Lin et al., Focal Loss for Dense Object Detection, ICCV 2017, eq. 4',
  textbook: [{ gamma: 2 }],
};

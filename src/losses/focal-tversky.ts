import type { Loss } from './loss.js';
import { OVER, overlapLoss } from './parts/overlap.js';
import { tverskyParts } from './parts/tversky-parts.js';
import { TVERSKY_PARAMETERS } from './tversky.js';

/** The Tversky loss of each class to the power γ; the paper writes 1/γ with γ = 4/3. γ = 1 is `tversky`. */
export const focalTversky: Loss = {
  name: 'focal-tversky',
  summary: 'Focal Tversky loss: (Tversky loss of the class)^γ',
  parameters: [
    {
      name: 'gamma',
      default: 0.75,
      low: 0.1,
      high: 5,
      typical: [0.5, 2],
      summary: 'exponent γ: 1 is tversky, less looks harder at classes that are nearly right',
    },
    ...TVERSKY_PARAMETERS,
  ],
  options: [OVER],
  perSample: overlapLoss(tverskyParts, ({ theta }) => theta.gamma!),
  source: 'Abraham and Khan, A Novel Focal Tversky Loss Function, ISBI 2019, eq. 4',
  textbook: [{ gamma: 0.75, fp: 0.3, fn: 0.7 }],
};

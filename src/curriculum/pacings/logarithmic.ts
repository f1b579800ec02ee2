import type { Pacing } from '../pacing.js';

/** h(u) = 1 + 0.1 ln(u + e^{−10}); the count is clipped, as h(1) is a little above 1. */
export const logarithmicPacing: Pacing = {
  name: 'logarithmic',
  summary: 'nearly all new samples at once, the rest slowly',
  growth: (u) => 1 + 0.1 * Math.log(u + Math.exp(-10)),
};

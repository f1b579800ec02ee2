import type { Pacing } from '../pacing.js';

/** h(u) = (e^{10u} − 1) / (e^{10} − 1). */
export const exponentialPacing: Pacing = {
  name: 'exponential',
  summary: 'the first part for long, then nearly all new samples at the end',
  growth: (u) => Math.expm1(10 * u) / Math.expm1(10),
};

import type { Pacing } from '../pacing.js';

/** h(u) = u. */
export const linearPacing: Pacing = {
  name: 'linear',
  summary: 'the same number of new samples in every step',
  growth: (u) => u,
};

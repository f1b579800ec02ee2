import type { Pacing } from '../pacing.js';

/** h(u) = u². */
export const quadraticPacing: Pacing = {
  name: 'quadratic',
  summary: 'few new samples at first, many later',
  growth: (u) => u * u,
};

import type { Pacing } from '../pacing.js';

/** h(u) = √u. */
export const rootPacing: Pacing = {
  name: 'root',
  summary: 'many new samples at first, few later',
  growth: (u) => Math.sqrt(u),
};

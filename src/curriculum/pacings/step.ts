import type { Pacing } from '../pacing.js';

/** h(u) = ⌊u⌋: 0 until u = 1. */
export const stepPacing: Pacing = {
  name: 'step',
  summary: 'the first part only, then all samples at once',
  growth: (u) => Math.floor(u),
};

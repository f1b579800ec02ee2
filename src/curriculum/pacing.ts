import type { Named } from '../core/registry.js';

/** How the part of the data in use grows: n = N b + N (1 − b) h(u) (Wu, Dyer & Neyshabur ICLR'21, table 2). */
export interface Pacing extends Named {
  /** h on [0, 1]: never falling, about 0 at 0 and about 1 at 1. u is progress over the progress of full use. */
  readonly growth: (u: number) => number;
}

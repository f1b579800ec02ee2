import type { Restart } from './restarts.js';
import type { NormalDistribution, Start } from './normal-distribution.js';
import type { SearchCube } from './search-cube.js';
import type { Bounds } from './search-options.js';

/** What stays the same during a search. */
export interface SearchProblem {
  /** Key of its random streams. */
  readonly name: string;
  readonly seed: string;
  readonly cube: SearchCube;
  /** λ of the first run. */
  readonly lambda: number;
  /** First standard deviation of the first run. */
  readonly sigma: number;
  readonly restart: Restart;
  readonly bounds: Bounds;
  /** The distribution that learns numbers; asked for where there are any. */
  readonly start: (start: Start) => NormalDistribution;
}

import type { BackendChoice } from '../tensor/index.js';

/** Options of the commands that train, as commander hands them over. */
export interface RunOptions {
  readonly data?: string;
  /** Default: all cores. */
  readonly workers?: number;
  readonly backend: BackendChoice;
  readonly json?: boolean;
  readonly quiet?: boolean;
  /** Absent for `resume`, whose folder is given. */
  readonly results?: string;
  readonly engine?: string;
  readonly seed?: number;
  readonly trials?: number;
}

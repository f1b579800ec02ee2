import { blxAlpha } from './blx-alpha.js';
import { sbx } from './sbx.js';
import { spx } from './spx.js';
import { undx } from './undx.js';
import { uniformCrossover } from './uniform-crossover.js';
import { vsbx } from './vsbx.js';

/** Random numbers that a crossover draws. */
export interface CrossoverDraws {
  /** Uniform in [0, 1). */
  uniform(): number;
  /** Normal with mean 0. */
  normal(deviation: number): number;
}

export type Coordinates = readonly number[];

/** Makes one child of some parents, coordinate by coordinate or along the directions between them. */
export interface Crossover {
  /** Parents that it takes: 2 or 3. */
  readonly parents: 2 | 3;
  /**
   * The child, which may lie outside of the unit cube.
   * @param parents points of equal length
   * @param objectives number of objectives of the search: some defaults depend on it
   * @param bounds lower and upper end of each coordinate; default: the unit cube
   */
  child(
    parents: readonly Coordinates[],
    draws: CrossoverDraws,
    objectives: number,
    bounds?: readonly (readonly [low: number, high: number])[],
  ): number[];
}

export const CROSSOVERS = ['uniform', 'blx-alpha', 'spx', 'sbx', 'vsbx', 'undx'] as const;

export const crossovers: Readonly<Record<(typeof CROSSOVERS)[number], Crossover>> = {
  uniform: uniformCrossover,
  'blx-alpha': blxAlpha,
  spx,
  sbx,
  vsbx,
  undx,
};

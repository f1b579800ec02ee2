import type { Stream } from '../../core/random.js';
import type { Assignment, Space } from '../../space/space.js';
import type { TrialTable } from '../trial-table.js';
import type { SeenPoints } from '../unseen.js';
import type { WidthOptions } from './parzen.js';

/** What the proposals of a wave are made from. */
export interface Evidence {
  readonly space: Space;
  /** The trials that are good. */
  readonly good: TrialTable;
  /** All others that are modelled. */
  readonly bad: TrialTable;
  readonly widths: WidthOptions;
  /** Draws of which the best is taken. */
  readonly candidates: number;
  /** Proposals in the wave. */
  readonly count: number;
}

/** Makes the proposals of one wave, one after the other. */
export interface WaveProposer {
  /** A point that was not proposed before; undefined where all draws were: the good region of the space is used up. */
  propose(random: Stream, seen: SeenPoints): Assignment | undefined;
  /** Adds a point of the wave, whoever proposed it, to those that are not good. */
  add(point: Assignment): void;
}

/** Rounds of draws, as long as all were proposed before. */
export const ROUNDS = 5;

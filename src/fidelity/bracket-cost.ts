import type { Bracket } from './policy.js';

/** What a bracket costs when every rung is filled. */
export interface BracketCost {
  /** Trials that start. */
  readonly trials: number;
  /** Pieces of training: the trials of all rungs added up. */
  readonly runs: number;
  /** Training in evaluations where each rung goes on from the checkpoint of the one before. */
  readonly units: number;
  /** Training in evaluations where each rung starts again. */
  readonly unitsWithoutCheckpoints: number;
}

export function bracketCost({ rungs }: Bracket): BracketCost {
  let runs = 0;
  let units = 0;
  let unitsWithoutCheckpoints = 0;
  let reached = 0;
  for (const { trials, fidelity } of rungs) {
    runs += trials;
    units += trials * (fidelity - reached);
    unitsWithoutCheckpoints += trials * fidelity;
    reached = fidelity;
  }
  return { trials: rungs[0]?.trials ?? 0, runs, units, unitsWithoutCheckpoints };
}

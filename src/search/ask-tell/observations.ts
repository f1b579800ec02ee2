import type { Observation } from '../sampler.js';
import type { Proposal } from './optimizer.js';
import { resultFromJson, type SavedOptimizer } from './saved.js';

/** The proposals of a saved state, and those of them that were told, in trial order. */
export function toldOf(state: SavedOptimizer): {
  readonly proposals: readonly Proposal[];
  readonly told: readonly Observation[];
} {
  const proposals = state.proposals.map(({ wave, assignment }, trial) => ({ trial, wave, assignment }));
  const told = state.proposals.flatMap((saved, trial) => {
    const result = resultFromJson(saved);
    return result === undefined ? [] : [{ ...proposals[trial]!, ...result }];
  });
  return { proposals, told };
}

/** The earlier trials of a saved state, as samplers are told of them. */
export function priorOf({ prior }: Pick<SavedOptimizer, 'prior'>): readonly Observation[] {
  return prior.map((saved, trial) => ({
    ...{ trial, wave: 0, assignment: saved.assignment },
    ...resultFromJson(saved)!,
  }));
}

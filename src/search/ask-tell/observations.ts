import type { Observation } from '../sampler.js';
import type { Proposal } from './optimizer.js';
import { curveFromJson, type SavedOptimizer } from './saved.js';

/** The proposals of a saved state, and those of them that were told, in trial order. */
export function toldOf(state: SavedOptimizer): {
  readonly proposals: readonly Proposal[];
  readonly told: readonly Observation[];
} {
  const proposals = state.proposals.map(({ wave, assignment }, trial) => ({ trial, wave, assignment }));
  const told = state.proposals.flatMap(({ curve: json }, trial) => {
    if (json === undefined) return [];
    const curve = curveFromJson(json);
    return [{ ...proposals[trial]!, value: curve.at(-1) ?? Infinity, curve }];
  });
  return { proposals, told };
}

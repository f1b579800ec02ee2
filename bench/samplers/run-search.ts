import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment, Space } from '../../src/space/space.js';

export interface SearchPlan {
  readonly sampler: AnySampler;
  /** As the sampler's schema returned them. */
  readonly options: unknown;
  readonly space: Space;
  readonly seed: string;
  readonly trials: number;
  /** To be minimised; +Infinity where a trial fails. */
  readonly objective: (assignment: Assignment) => number;
  /** Asked after each wave: true ends the search early. */
  readonly isDone?: () => boolean;
}

/** Every trial trains to the only fidelity that there is. */
const FULL = 1;

/**
 * Runs a search as a study does: in waves of the sampler's own size, told in trial order, each trial trained fully.
 * A sampler that plans its own rounds has a round of its plan as a wave; one that the trials left do not fill is not
 * begun. Ends early where the sampler has no more to propose.
 * @returns values in trial order
 */
export function runSearch(plan: SearchPlan): readonly number[] {
  const { sampler, options, space, seed, trials, objective } = plan;
  const size = sampler.waveSize(space, options);
  const history: Observation[] = [];
  for (let wave = 0; history.length < trials && plan.isDone?.() !== true; wave++) {
    const firstTrial = history.length;
    const left = trials - firstTrial;
    const round = sampler.rounds?.round({ options: options as never, space, full: FULL, index: wave });
    if (round !== undefined && round.trials > left) break;
    const count = round?.trials ?? Math.min(size, left);
    const proposals = sampler.propose({
      ...{ options: options as never, space, seed, history, wave, firstTrial, count, full: FULL },
    });
    if (proposals.length === 0) break;
    proposals.forEach((assignment, index) => {
      const value = objective(assignment);
      const curve = Number.isFinite(value) ? [value] : [];
      history.push({ trial: firstTrial + index, wave, assignment, value, curve });
    });
  }
  return history.map(({ value }) => value);
}

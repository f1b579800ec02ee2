import type { AnySampler, Observation } from '../../../src/search/sampler.js';
import type { Assignment, Space } from '../../../src/space/space.js';
import { observation } from './observation.js';

export interface SearchRun {
  readonly sampler: AnySampler;
  readonly space: Space;
  readonly seed: string;
  readonly trials: number;
  readonly objective: (assignment: Assignment) => number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly waveSize?: number;
}

/** Runs a search as a study does: waves of proposals, told in trial order. Ends early where proposals end. */
export function runSearch({ sampler, space, seed, trials, objective, ...rest }: SearchRun): Observation[] {
  const options: unknown = sampler.schema.parse(rest.options ?? {});
  sampler.check(space, options);
  const waveSize = rest.waveSize ?? sampler.waveSize(space, options);
  const history: Observation[] = [];
  for (let wave = 0; history.length < trials; wave++) {
    const proposals = sampler.propose({
      options: options as never,
      space,
      seed,
      history,
      wave,
      firstTrial: history.length,
      count: Math.min(waveSize, trials - history.length),
    });
    if (proposals.length === 0) break;
    const firstTrial = history.length;
    proposals.forEach((assignment, index) => {
      history.push(observation(firstTrial + index, objective(assignment), { wave, assignment }));
    });
  }
  return history;
}

/** Smallest value of a run; +Infinity where all failed. */
export function bestValue(history: readonly Observation[]): number {
  return history.reduce((best, { value }) => Math.min(best, value), Infinity);
}

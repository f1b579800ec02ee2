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
  /** Fidelity of a whole training; 4 for samplers with rounds of their own, else 1. */
  readonly full?: number;
}

/**
 * Runs a search as a study does: waves of proposals, told in trial order. Ends early where proposals end, or where
 * the trials left do not fill a round of a sampler that plans its own. An evaluation gives what the values that are
 * trained with then give.
 */
export function runSearch({ sampler, space, seed, trials, objective, ...rest }: SearchRun): Observation[] {
  const options: unknown = sampler.schema.parse(rest.options ?? {});
  sampler.check(space, options);
  const full = rest.full ?? (sampler.rounds === undefined ? 1 : 4);
  const waveSize = rest.waveSize ?? sampler.waveSize(space, options);
  const history: Observation[] = [];
  for (let wave = 0; history.length < trials; wave++) {
    const round = sampler.rounds?.round({ options: options as never, space, full, index: wave });
    const left = trials - history.length;
    if (round !== undefined && round.trials > left) break;
    const request = {
      ...{ options: options as never, space, seed, history, wave, full },
      firstTrial: history.length,
      count: round?.trials ?? Math.min(waveSize, left),
    };
    const proposals = sampler.propose(request);
    if (proposals.length === 0) break;
    const parents = round !== undefined && round.from > 0 ? sampler.rounds!.parents(request) : [];
    const told = proposals.map((assignment, index) => {
      const parent = history[parents[index] ?? -1];
      const before = parent?.curve ?? [];
      const value = parent?.value === Infinity ? Infinity : objective(assignment);
      const pieces = (round?.fidelity ?? 1) - (round?.from ?? 0);
      const curve = [...before, ...new Array<number>(pieces).fill(value)];
      return observation(request.firstTrial + index, value, { wave, assignment, curve });
    });
    history.push(...told);
  }
  return history;
}

/** Smallest value of a run; +Infinity where all failed. */
export function bestValue(history: readonly Observation[]): number {
  return history.reduce((best, { value }) => Math.min(best, value), Infinity);
}

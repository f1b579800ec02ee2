import { largest } from '../../core/extremes.js';
import { isFailure } from '../ranking.js';
import type { Observation } from '../sampler.js';

/** The values, with the worst finite one in the place of failures; undefined where all failed. */
export function finiteValues(observations: readonly Observation[]): readonly number[] | undefined {
  const worst = largest(observations.filter((one) => !isFailure(one)).map(({ value }) => value));
  if (worst === -Infinity) return undefined;
  return observations.map((one) => (isFailure(one) ? worst : one.value));
}

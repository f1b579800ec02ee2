import { builtinFidelityPolicies } from '../../src/fidelity/registry.js';
import { builtinSamplers } from '../../src/search/registry.js';
import { readLandscape } from './landscape.js';
import { bestBySpending, runBrackets } from './run-brackets.js';

/** One sampler under one policy on one landscape, with some seeds. */
export interface LandscapeJob {
  readonly kind: 'landscape';
  readonly sampler: string;
  readonly policy: string;
  readonly landscape: string;
  readonly seeds: number;
  /** Budget, in whole trainings. */
  readonly trainings: number;
}

/** Best value by spending, see {@link bestBySpending}, for each seed. */
export type LandscapeResult = readonly (readonly number[])[];

export function runLandscape(job: LandscapeJob): LandscapeResult {
  const { space, full, curveOf } = readLandscape(job.landscape);
  const sampler = builtinSamplers.get(job.sampler);
  const policy = builtinFidelityPolicies.get(job.policy);
  const options: unknown = sampler.schema.parse({});
  return Array.from({ length: job.seeds }, (_, seed) => {
    const path = `landscape/${job.landscape}/${seed}`;
    const plan = { sampler, options, policy, space, seed: path, full, budget: job.trainings * full, curveOf };
    return bestBySpending(runBrackets(plan), full, job.trainings);
  });
}

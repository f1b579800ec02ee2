import { builtinFidelityPolicies } from '../../src/fidelity/registry.js';
import { builtinSamplers } from '../../src/search/registry.js';
import { readLandscape } from './landscape.js';
import { bestBySpending, runBrackets, type BracketPlan, type Finished } from './run-brackets.js';
import { runPromotions } from './run-promotions.js';
import { runRounds } from './run-rounds.js';

/** In the place of a policy: the sampler has rounds of its own. */
export const OWN = 'own';

/** One sampler under one policy on one landscape, with some seeds. */
export interface LandscapeJob {
  readonly kind: 'landscape';
  readonly sampler: string;
  /** Name of a fidelity policy, or {@link OWN}. */
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
  const options: unknown = sampler.schema.parse({});
  return Array.from({ length: job.seeds }, (_, seed) => {
    const path = `landscape/${job.landscape}/${seed}`;
    const plan = { sampler, options, space, seed: path, full, budget: job.trainings * full, curveOf };
    return bestBySpending(finishedBy(job.policy, plan), full, job.trainings);
  });
}

function finishedBy(name: string, plan: Omit<BracketPlan, 'policy'>): readonly Finished[] {
  if (name === OWN) return runRounds(plan);
  const policy = builtinFidelityPolicies.get(name);
  return policy.promotions === undefined
    ? runBrackets({ ...plan, policy })
    : runPromotions({ ...plan, policy });
}

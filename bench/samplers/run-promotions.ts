import type { RungTrial } from '../../src/fidelity/policy.js';
import type { Observation } from '../../src/search/sampler.js';
import type { Assignment } from '../../src/space/space.js';
import { seenUpTo, type BracketPlan, type Finished } from './run-brackets.js';

/**
 * As `runBrackets`, under a policy whose trials pause after a rung and may go on in any later wave. The sampler knows
 * a paused trial by what it has so far.
 */
export function runPromotions(plan: BracketPlan): readonly Finished[] {
  const { sampler, options, policy, space, seed, full, budget, curveOf } = plan;
  const policyOptions: unknown = policy.schema.parse({});
  const waveSize = sampler.waveSize(space, options);
  const history: Observation[] = [];
  const trials: RungTrial[] = [];
  const finished: Finished[] = [];
  let spent = 0;
  const train = (trial: number, wave: number, assignment: Assignment, fidelity: number): void => {
    spent += fidelity - (trials[trial]?.curve.length ?? 0);
    const whole = curveOf(assignment);
    const curve = whole.slice(0, fidelity);
    trials[trial] = { trial, curve: seenUpTo(whole, fidelity) };
    history[trial] = { trial, wave, assignment, value: curve.at(-1) ?? Infinity, curve };
    if (fidelity === full) finished.push({ spent, value: whole[full - 1] ?? Infinity });
  };
  for (let wave = 0; spent < budget; wave++) {
    const { promoted, started } = policy.promotions!({
      ...{ options: policyOptions as never, full, waveSize, trials, left: Number.MAX_SAFE_INTEGER },
    });
    const firstTrial = history.length;
    const proposals =
      started.trials === 0
        ? []
        : sampler.propose({
            ...{
              options: options as never,
              space,
              seed,
              history,
              wave,
              firstTrial,
              count: started.trials,
              full,
            },
          });
    if (promoted.length === 0 && proposals.length === 0) break;
    proposals.forEach((assignment, index) => train(firstTrial + index, wave, assignment, started.fidelity));
    for (const { trial, fidelity } of promoted) {
      const known = history[trial]!;
      train(trial, known.wave, known.assignment, fidelity);
    }
  }
  return finished;
}

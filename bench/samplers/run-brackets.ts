import type { AnyFidelityPolicy } from '../../src/fidelity/policy.js';
import { shrinkBracket } from '../../src/fidelity/shrink-bracket.js';
import { survivors } from '../../src/fidelity/survivors.js';
import type { AnySampler, Observation } from '../../src/search/sampler.js';
import type { Assignment, Space } from '../../src/space/space.js';

export interface BracketPlan {
  readonly sampler: AnySampler;
  readonly options: unknown;
  readonly policy: AnyFidelityPolicy;
  readonly space: Space;
  readonly seed: string;
  /** Evaluations of a whole training. */
  readonly full: number;
  /** Evaluations that may be spent; the bracket in which they end is finished. */
  readonly budget: number;
  /** Values after evaluation 1, 2, …, to be minimised; none where a training diverges. */
  readonly curveOf: (assignment: Assignment) => readonly number[];
}

/** A trial that was trained to the end. */
export interface Finished {
  /** Evaluations spent by all trials when it was. */
  readonly spent: number;
  readonly value: number;
}

/**
 * Runs a search over recorded curves as a study does: bracket by bracket, the best of a rung go on, results are told
 * in trial order. A trial that goes on costs only what it trains further.
 */
export function runBrackets(plan: BracketPlan): readonly Finished[] {
  const { sampler, options, policy, space, seed, full, budget, curveOf } = plan;
  const policyOptions: unknown = policy.schema.parse({});
  const waveSize = sampler.waveSize(space, options);
  const history: Observation[] = [];
  const finished: Finished[] = [];
  let spent = 0;
  for (let wave = 0; spent < budget; wave++) {
    const whole = policy.bracket({ options: policyOptions as never, index: wave, full, waveSize });
    const firstTrial = history.length;
    const count = whole.rungs[0]!.trials;
    const proposals = sampler.propose({
      ...{ options: options as never, space, seed, history, wave, firstTrial, count },
    });
    if (proposals.length === 0) break;
    const curves = proposals.map(curveOf);
    const { rungs } = shrinkBracket(whole, proposals.length);
    const reached = proposals.map(() => 0);
    let running = proposals.map((_, index) => index);
    for (const [rung, { fidelity }] of rungs.entries()) {
      for (const index of running) {
        spent += fidelity - reached[index]!;
        reached[index] = fidelity;
        if (fidelity === full) finished.push({ spent, value: curves[index]![full - 1] ?? Infinity });
      }
      const results = running.map((trial) => ({ trial, value: curves[trial]![fidelity - 1] ?? Infinity }));
      running = survivors(results, rungs[rung + 1]?.trials ?? 0);
    }
    proposals.forEach((assignment, index) => {
      const curve = curves[index]!.slice(0, reached[index]);
      const value = curve.at(-1) ?? Infinity;
      history.push({ trial: firstTrial + index, wave, assignment, value, curve });
    });
  }
  return finished;
}

/** Best value of the trials that were trained to the end when 1 × full, 2 × full, … evaluations were spent. */
export function bestBySpending(finished: readonly Finished[], full: number, trainings: number): number[] {
  let best = Infinity;
  let next = 0;
  return Array.from({ length: trainings }, (_, index) => {
    while (next < finished.length && finished[next]!.spent <= (index + 1) * full) {
      best = Math.min(best, finished[next]!.value);
      next++;
    }
    return best;
  });
}

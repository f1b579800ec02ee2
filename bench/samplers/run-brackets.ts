import type { AnyFidelityPolicy, RungTrial } from '../../src/fidelity/policy.js';
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
  const completed: RungTrial[] = [];
  let spent = 0;
  for (let wave = 0; spent < budget; wave++) {
    const whole = policy.bracket({ options: policyOptions as never, index: wave, full, waveSize });
    const firstTrial = history.length;
    const count = whole.rungs[0]!.trials;
    const proposals = sampler.propose({
      ...{ options: options as never, space, seed, history, wave, firstTrial, count, full },
    });
    if (proposals.length === 0) break;
    const curves = proposals.map(curveOf);
    // Where a rule decides who goes on, every rung has a place for all.
    const rungs = policy.goesOn === undefined ? shrinkBracket(whole, proposals.length).rungs : whole.rungs;
    const reached = proposals.map(() => 0);
    let running = proposals.map((_, index) => index);
    for (const [rung, { fidelity }] of rungs.entries()) {
      for (const index of running) {
        spent += fidelity - reached[index]!;
        reached[index] = fidelity;
        if (fidelity === full) finished.push({ spent, value: curves[index]![full - 1] ?? Infinity });
      }
      const next = rungs[rung + 1];
      if (next === undefined) break;
      if (policy.goesOn === undefined) {
        const results = running.map((trial) => ({ trial, value: curves[trial]![fidelity - 1] ?? Infinity }));
        running = survivors(results, next.trials);
      } else {
        const trials = running.map((trial) => ({ trial, curve: seenUpTo(curves[trial]!, fidelity) }));
        running = [...policy.goesOn({ options: policyOptions as never, running: trials, completed })];
      }
    }
    proposals.forEach((assignment, index) => {
      const curve = curves[index]!.slice(0, reached[index]);
      if (reached[index] === full)
        completed.push({ trial: firstTrial + index, curve: seenUpTo(curve, full) });
      const value = curve.at(-1) ?? Infinity;
      history.push({ trial: firstTrial + index, wave, assignment, value, curve });
    });
  }
  return finished;
}

/** What a policy sees of a trial: a failed one has no values, and so the worst ones. */
export const seenUpTo = (curve: readonly number[], fidelity: number): number[] =>
  Array.from({ length: fidelity }, (_, index) => curve[index] ?? Infinity);

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

import { isDeepStrictEqual } from 'node:util';
import type { Observation } from '../../src/search/sampler.js';
import type { BracketPlan, Finished } from './run-brackets.js';

/**
 * As `runBrackets`, of a sampler that plans its own rounds: a trial that goes on with the training of another one costs
 * what it trains further.
 * @throws RangeError where it goes on under other values: no recorded curve tells how
 */
export function runRounds(plan: Omit<BracketPlan, 'policy'>): readonly Finished[] {
  const { sampler, options, space, seed, full, budget, curveOf } = plan;
  const history: Observation[] = [];
  const finished: Finished[] = [];
  let spent = 0;
  for (let wave = 0; spent < budget; wave++) {
    const round = sampler.rounds!.round({ options: options as never, space, full, index: wave });
    const firstTrial = history.length;
    const request = {
      ...{ options: options as never, space, seed, history, wave, firstTrial, count: round.trials, full },
    };
    const parents = round.from === 0 ? [] : sampler.rounds!.parents(request);
    const told = sampler.propose(request).map((assignment, index): Observation => {
      const parent = parents[index];
      if (parent !== undefined && !isDeepStrictEqual(history[parent]!.assignment, assignment)) {
        throw new RangeError(`${sampler.name} changes values during a training`);
      }
      spent += round.fidelity - round.from;
      const whole = curveOf(assignment);
      if (round.fidelity === full) finished.push({ spent, value: whole[full - 1] ?? Infinity });
      const curve = whole.slice(0, round.fidelity);
      return { trial: firstTrial + index, wave, assignment, value: curve.at(-1) ?? Infinity, curve };
    });
    history.push(...told);
  }
  return finished;
}

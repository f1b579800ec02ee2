import { byNumber } from '../../core/order.js';
import { canonicalJson } from '../../core/json.js';
import { assignmentKey } from '../assignments.js';
import { memberPoint, type Member } from '../differential-evolution/members.js';
import { createReplayCache, replayHistory } from '../replay-cache.js';
import type { Observation, ProposalRequest } from '../sampler.js';
import type { DehbPlan, PlanOptions } from './plan.js';

/** The subpopulation of one rung. */
export interface Subpopulation {
  /** The winner of each slot that has one. */
  readonly winners: Map<number, Observation>;
  /** Keys of all points that were trained to the rung's fidelity. */
  readonly seen: Set<string>;
}

const cache = createReplayCache<readonly Subpopulation[]>();

/**
 * The subpopulations after all trials told. Trials go round the slots of their rung in turn and replace whom they
 * are not worse than: all of a rung have one fidelity, so their values compare as they are.
 */
export function replayPopulations(
  { space, seed, history, options, full = 1 }: ProposalRequest<PlanOptions>,
  plan: DehbPlan,
): readonly Subpopulation[] {
  const key = canonicalJson([seed, full, options.eta, options.minimum, options.population]);
  return replayHistory(
    cache,
    { space, key, history },
    () => plan.fidelities.map(() => ({ winners: new Map<number, Observation>(), seen: new Set<string>() })),
    (populations, observation) => {
      const { rung, firstTrial, before } = plan.round(observation.wave);
      const slot = (before + observation.trial - firstTrial) % plan.sizes[rung]!;
      const { winners, seen } = populations[rung]!;
      const holder = winners.get(slot);
      if (holder === undefined || observation.value <= holder.value) winners.set(slot, observation);
      seen.add(assignmentKey(observation.assignment));
      return populations;
    },
  );
}

/** The winners of a subpopulation, best first, ties by trial. */
export function bestFirst({ winners }: Subpopulation): readonly Observation[] {
  return [...winners.values()].sort((a, b) => byNumber(a.value, b.value) || a.trial - b.trial);
}

/** A winner with its place in the unit cube. */
export const memberOf = (
  { space, seed }: Pick<ProposalRequest<unknown>, 'space' | 'seed'>,
  observation: Observation,
): Member => ({ observation, point: memberPoint(space, seed, observation) });

import { z } from 'zod';
import { stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { assignmentKey } from './assignments.js';
import { dehbPlan, type DehbPlan } from './dehb/plan.js';
import { bestFirst, memberOf, replayPopulations, type Subpopulation } from './dehb/populations.js';
import type { Member } from './differential-evolution/members.js';
import { childOf } from './differential-evolution/child.js';
import { uniformPoint } from './points.js';
import type { Observation, ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  eta: z.int().min(2).default(3).describe('one trial in eta of a rung has a place in the next'),
  minimum: z.int().min(1).default(1).describe('smallest fidelity, in evaluations'),
  factor: z.number().gt(0).max(2).default(0.5).describe('factor F on the difference of two points'),
  crossover: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('probability CR that a coordinate comes from the mutant'),
  population: z
    .int()
    .min(4)
    .default(10)
    .describe('members where there is one fidelity; else the brackets say how many each has'),
});

type Options = z.infer<typeof schema>;

/**
 * DEHB: brackets of Hyperband in which trials are not drawn but evolved. Each fidelity has a subpopulation, whose
 * members go round as targets; mutants (rand/1/bin) are made of the best of the next lower fidelity, with members of
 * all fidelities where these are too few. In the first cycle of brackets the best of a rung go on to the next with
 * their training; later every child trains from the start at its fidelity. A round is one rung of one bracket.
 */
export const dehb: Sampler<Options> = {
  name: 'dehb',
  summary: 'differential evolution in the brackets of Hyperband, a subpopulation for each fidelity',
  source: 'Awad, Mallik & Hutter, IJCAI 2021 (arXiv 2105.09821), section 3',
  schema,
  check: () => undefined,
  waveSize: (_space, options) => dehbPlan(options, 1).round(0).trials,
  rounds: {
    round: ({ options, full, index }) => {
      const { trials, from, fidelity } = dehbPlan(options, full).round(index);
      return { trials, from, fidelity };
    },
    // A bracket begins anew, but those that it promotes may come from one before it.
    keepsAll: ({ options, full, index }) => dehbPlan(options, full).isFirstCycle(index),
    parents: (request) => {
      const plan = dehbPlan(request.options, request.full ?? 1);
      return promoted(request, plan, replayPopulations(request, plan)).map(({ trial }) => trial);
    },
  },
  propose: (request) => {
    const plan = dehbPlan(request.options, request.full ?? 1);
    const populations = replayPopulations(request, plan);
    const round = plan.round(request.wave);
    if (round.from > 0) return promoted(request, plan, populations).map(({ assignment }) => assignment);
    const pool = matingPool(populations, round.rung).map((one) => memberOf(request, one));
    return Array.from({ length: request.count }, (_, place) => {
      const slot = (round.before + place) % plan.sizes[round.rung]!;
      return evolved(request, request.firstTrial + place, populations[round.rung]!.winners.get(slot), pool);
    });
  },
};

/** The best of the rung below that were not trained to this one yet; where they do not suffice, others again. */
function promoted(
  { wave, count }: ProposalRequest<Options>,
  plan: DehbPlan,
  populations: readonly Subpopulation[],
): readonly Observation[] {
  const { rung } = plan.round(wave);
  const below = bestFirst(populations[rung - 1]!);
  const { seen } = populations[rung]!;
  const fresh = below.filter(({ assignment }) => !seen.has(assignmentKey(assignment)));
  const order = [...fresh, ...below.filter((one) => !fresh.includes(one))];
  return Array.from({ length: count }, (_, place) => order[place % order.length]!);
}

/** From whom mutants are made, best first: the rung below, or the lowest itself; then all others. */
function matingPool(populations: readonly Subpopulation[], rung: number): readonly Observation[] {
  const nearest = bestFirst(populations[Math.max(0, rung - 1)]!).slice(
    0,
    Math.max(4, populations[rung]!.winners.size),
  );
  if (nearest.length >= 4) return nearest;
  const others = populations.flatMap(bestFirst).filter((one) => !nearest.includes(one));
  return [...nearest, ...others].slice(0, 4);
}

function evolved(
  { space, seed, options }: ProposalRequest<Options>,
  trial: number,
  target: Observation | undefined,
  mating: readonly Member[],
): Assignment {
  const random = stream(seed, 'dehb', trial);
  const pool = mating.filter(({ observation }) => observation !== target).map(({ point }) => point);
  if (target === undefined || pool.length < 3) return space.decode(uniformPoint(space.dimensions, random));
  return childOf({
    ...{ space, target: memberOf({ space, seed }, target), best: pool[0]!, pool },
    ...{ options: { ...options, strategy: 'rand1bin' }, random },
  });
}

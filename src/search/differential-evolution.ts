import { z } from 'zod';
import { stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { childOf } from './differential-evolution/child.js';
import { survivingMembers, type Member } from './differential-evolution/members.js';
import { strategyNames, type Point } from './differential-evolution/strategy.js';
import { uniformPoint } from './points.js';
import { ranked } from './ranking.js';
import type { ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  strategy: z
    .enum(strategyNames)
    .default('current-to-best1bin')
    .describe('where mutants come from: a random member, the best one, or the target on its way to the best'),
  population: z
    .int()
    .min(4)
    .default(10)
    .describe('members; the first ones are random. 20 and more pay with thousands of trials'),
  factor: z
    .number()
    .gt(0)
    .max(2)
    .default(0.8)
    .describe('factor F on each difference of two members; with 0.5 those that follow the best can stall'),
  crossover: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .describe('probability CR that a coordinate comes from the mutant'),
});

type Options = z.infer<typeof schema>;

/**
 * Differential evolution in the unit cube, with binomial crossover. Trial n competes with member n mod population
 * and replaces it when it is at least as good, as far as both were trained. Integers are rounded and categories are
 * equal bins of their coordinate; coordinates outside [0, 1] are drawn again uniformly. Pure replay: each member is
 * the winner of its trials so far, so waves may have any size; children of one wave see the members as they were
 * before the wave. Strategy, F and CR are by default those of the package Nevergrad.
 */
export const differentialEvolution: Sampler<Options> = {
  name: 'differential-evolution',
  summary: 'adds differences of population members to one of them',
  source: 'Storn & Price, J. Global Optimization 11 (1997)',
  schema,
  check: () => undefined,
  waveSize: (_space, { population }) => population,
  propose: (request) => {
    const members = survivingMembers(request, request.options.population);
    const [best] = ranked([...members.values()].map(({ observation }) => observation));
    const bestPoint = [...members.values()].find(({ observation }) => observation === best)?.point ?? [];
    return Array.from({ length: request.count }, (_, index) =>
      proposeOne(request, request.firstTrial + index, members, bestPoint),
    );
  },
};

function proposeOne(
  { space, seed, options }: ProposalRequest<Options>,
  trial: number,
  members: ReadonlyMap<number, Member>,
  best: Point,
): Assignment {
  const random = stream(seed, 'differential-evolution', trial);
  const slot = trial % options.population;
  const target = members.get(slot);
  const others = [...members.keys()].filter((key) => key !== slot).sort((a, b) => a - b);
  if (trial < options.population || target === undefined || others.length < 3) {
    return space.decode(uniformPoint(space.dimensions, random));
  }
  const pool = others.map((key) => members.get(key)!.point);
  return childOf({ space, target, best, pool, options, random });
}

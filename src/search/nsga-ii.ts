import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { assignmentKey } from './assignments.js';
import { breed } from './nsga-ii/breeding.js';
import { CROSSOVERS, crossovers } from './nsga-ii/crossover.js';
import { judgedPoints, replayEvolution, type Population } from './nsga-ii/population.js';
import { constrainedDominates, type ConstrainedPoint } from './pareto/dominance.js';
import { isFree, uniformPoint } from './points.js';
import type { ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  population: z
    .int()
    .min(3)
    .default(50)
    .describe(
      'trials that are alive, the first ones random; at least 3, because some crossovers take three parents',
    ),
  crossover: z
    .enum(CROSSOVERS)
    .default('uniform')
    .describe('how numbers of the parents are mixed; a category always comes from one of them'),
  crossoverProbability: z
    .number()
    .min(0)
    .max(1)
    .default(0.9)
    .describe('probability that parents are crossed; else the child begins as a copy of the first'),
  mutation: z
    .enum(['redraw', 'polynomial'])
    .default('redraw')
    .describe(
      'a changed entry is drawn from the space again (redraw), or a number moves by a step (polynomial)',
    ),
  mutationProbability: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('probability that an entry changes; default: 1 / entries with more than one value'),
});

type Options = z.infer<typeof schema>;

/** Children tried before one that was proposed already is proposed all the same. */
const ATTEMPTS = 20;

/**
 * NSGA-II: parents win binary tournaments by constrained dominance, children are crossed and mutated, and of parents and
 * children together those live on that are on the first fronts, of the last one those with the most room. A generation
 * is a wave, of any size: waves as large as the population are the algorithm as published, smaller ones let children
 * become parents sooner. With one objective it is an elitist genetic algorithm. Pure replay of the history.
 */
export const nsgaII: Sampler<Options> = {
  name: 'nsga-ii',
  summary: 'evolves a population towards the Pareto front; one objective or several',
  source: 'Deb, Pratap, Agarwal & Meyarivan, IEEE Transactions on Evolutionary Computation 6 (2002)',
  schema,
  severalObjectives: true,
  check: () => undefined,
  waveSize: (_space, { population }) => population,
  propose: (request) => {
    const { space, options, history } = request;
    const { population, seen } = replayEvolution(space, options.population, history);
    const points = judgedPoints(population);
    const proposed = new Set<string>();
    const isNew = (child: Assignment): boolean => {
      const key = assignmentKey(child);
      return !seen.has(key) && !proposed.has(key);
    };
    return Array.from({ length: request.count }, (_, index) => {
      const child = proposeOne(request, request.firstTrial + index, population, points, isNew);
      proposed.add(assignmentKey(child));
      return child;
    });
  },
};

function proposeOne(
  { space, seed, options }: ProposalRequest<Options>,
  trial: number,
  population: Population,
  points: readonly ConstrainedPoint[],
  isNew: (child: Assignment) => boolean,
): Assignment {
  const random = stream(seed, 'nsga-ii', trial);
  const wanted = crossovers[options.crossover].parents;
  if (trial < options.population || population.length < wanted) {
    return space.decode(uniformPoint(space.dimensions, random));
  }
  const entries = space.entries.filter(isFree).length;
  const breeding = {
    ...{ space, random, crossover: options.crossover, mutation: options.mutation },
    crossoverProbability: options.crossoverProbability,
    mutationProbability: options.mutationProbability ?? 1 / Math.max(1, entries),
    objectives: population[0]!.objectives?.length ?? 1,
  };
  let child: Assignment = {};
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const parents = pickParents(points, wanted, random).map((index) => population[index]!.assignment);
    child = breed(parents, breeding);
    if (isNew(child)) break;
  }
  return child;
}

/** Different members, each the winner of a binary tournament among those that are left. */
function pickParents(points: readonly ConstrainedPoint[], count: number, random: Stream): readonly number[] {
  const left = points.map((_, index) => index);
  return Array.from({ length: count }, () => {
    const first = random.integer(left.length);
    const second = random.integer(left.length);
    // Between equals the first: both are drawn alike.
    const wins = constrainedDominates(points[left[second]!]!, points[left[first]!]!) ? second : first;
    return left.splice(wins, 1)[0]!;
  });
}

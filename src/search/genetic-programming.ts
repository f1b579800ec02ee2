import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { crossAssignments, mutateAssignment } from './genetic-programming/offspring.js';
import { complexity, lossKey, populationOf, type Population } from './genetic-programming/population.js';
import { entrySlots, uniformPoint } from './points.js';
import { createReplayCache } from './replay-cache.js';
import type { Observation, ProposalRequest, Sampler } from './sampler.js';
import { unsupportedSpace } from './unsupported.js';

const schema = z.strictObject({
  population: z.int().min(2).default(30).describe('members; the first ones are random, ramped half and half'),
  tournament: z
    .int()
    .min(1)
    .default(4)
    .describe('draws, with replacement, of which the best becomes a parent'),
  crossover: z.number().min(0).max(1).default(0.6).describe('chance of a crossover; otherwise a mutation'),
  parsimony: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.6)
    .describe('chance that of two winners the one with the smaller formula is the parent; 0.5: no pressure'),
});

type Options = z.infer<typeof schema>;

/** Children tried before one that trains like an earlier trial is proposed all the same. */
const ATTEMPTS = 20;

const cache = createReplayCache<Population>();

/**
 * Evolves formulas as trees. Steady state: the best `population` trials so far are the members, and each trial of a
 * wave is a child of theirs, by subtree crossover or by mutation (new subtree, other operator or leaf, step of a
 * constant, part in the place of the whole). Parents win a tournament; the size of formulas is bounded by the space
 * and pressed by double tournaments (Luke & Panait 2002). Entries that are no formulas are crossed by a coin and
 * moved by normal steps. A child that would train like an earlier trial, gradients being normalised, is bred anew.
 * Pure replay: the members are derived from the history, wave by wave.
 */
export const geneticProgramming: Sampler<Options> = {
  name: 'genetic-programming',
  summary: 'evolves the formulas of symbolic losses by subtree crossover and mutation',
  source: 'Koza, Genetic Programming, MIT Press 1992; Luke & Panait, PPSN 2002',
  schema,
  check: (space) => {
    if (space.entries.some(({ language }) => language !== undefined)) return;
    const found = space.entries.map(({ kind, name }) => `the ${kind} entry "${name}"`);
    throw unsupportedSpace('genetic-programming', 'needs an entry of type expression', found[0] ?? 'none');
  },
  waveSize: (_space, { population }) => Math.min(10, population),
  propose: (request) => {
    const { space, history, options, firstTrial, count } = request;
    const population = populationOf(space, history, options.population, cache);
    const seen = new Set(population.seen);
    return Array.from({ length: count }, (_, index) => {
      const child = proposeOne(request, firstTrial + index, population.members, seen);
      seen.add(lossKey(space, child));
      return child;
    });
  },
};

function proposeOne(
  request: ProposalRequest<Options>,
  trial: number,
  members: readonly Observation[],
  seen: ReadonlySet<string>,
): Assignment {
  const random = stream(request.seed, 'genetic-programming', trial);
  const first = trial < request.options.population || members.length === 0;
  let child: Assignment = {};
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    child = first ? founder(request, trial, random) : bred(request, members, random);
    if (!seen.has(lossKey(request.space, child))) break;
  }
  return child;
}

/**
 * A random point. The first coordinate of a formula says how its tree grows: it runs through [0, 1] evenly over the
 * founders, so that all depths and both methods are there alike.
 */
function founder({ space, options }: ProposalRequest<Options>, trial: number, random: Stream): Assignment {
  const point = uniformPoint(space.dimensions, random);
  const turn = ((trial % options.population) + random.uniform()) / options.population;
  for (const { entry, start } of entrySlots(space)) {
    if (entry.language !== undefined) point[start] = turn;
  }
  return space.decode(point);
}

function bred(
  { space, options }: ProposalRequest<Options>,
  members: readonly Observation[],
  random: Stream,
): Assignment {
  const parent = (): Assignment => {
    const [a, b] = [tournament(members, options, random), tournament(members, options, random)];
    const [small, large] = complexity(space, a) <= complexity(space, b) ? [a, b] : [b, a];
    return random.uniform() < options.parsimony ? small : large;
  };
  if (random.uniform() < options.crossover) return crossAssignments(space, parent(), parent(), random);
  return mutateAssignment(space, parent(), random);
}

/** The best of some draws; members are in their order. */
function tournament(
  members: readonly Observation[],
  { tournament: size }: Options,
  random: Stream,
): Assignment {
  const draws = Array.from({ length: size }, () => random.integer(members.length));
  return members[Math.min(...draws)]!.assignment;
}

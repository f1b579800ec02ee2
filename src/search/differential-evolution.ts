import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, Space } from '../space/space.js';
import { sameAssignment, sameValue } from './assignments.js';
import { entrySlots, uniformPoint } from './points.js';
import { compareRank } from './ranking.js';
import type { Observation, ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  /**
   * Members; the first `population` trials are random; rand/1 needs four. The usual 20 and more pay only with
   * budgets of thousands of trials.
   */
  population: z.int().min(4).default(10),
  /** Factor F on the difference of two members. */
  factor: z.number().gt(0).max(2).default(0.5),
  /** Probability CR that a coordinate comes from the mutant. */
  crossover: z.number().min(0).max(1).default(0.5),
});

type Options = z.infer<typeof schema>;

/** Children tried before one that equals its target is proposed all the same. */
const ATTEMPTS = 10;

/**
 * rand/1/bin in the unit cube. Trial n competes with member n mod population and replaces it when it is at least
 * as good, as far as both were trained. Integers are rounded and categories are equal bins of their coordinate; coordinates outside [0, 1] are
 * drawn again uniformly. Pure replay: each member is the winner of its trials so far, so waves may have any size;
 * children of one wave see the members as they were before the wave.
 */
export const differentialEvolution: Sampler<Options> = {
  name: 'differential-evolution',
  summary: 'adds differences of population members (rand/1/bin)',
  source: 'Storn & Price, J. Global Optimization 11 (1997)',
  schema,
  check: () => undefined,
  waveSize: (_space, { population }) => population,
  propose: (request) => {
    const members = survivingMembers(request.history, request.options.population);
    const points = new Map(
      [...members].map(([slot, member]) => [slot, memberPoint(request.space, request.seed, member)]),
    );
    return Array.from({ length: request.count }, (_, index) =>
      proposeOne(request, request.firstTrial + index, members, points),
    );
  },
};

/** Winner of each slot so far. */
function survivingMembers(history: readonly Observation[], population: number): Map<number, Observation> {
  const members = new Map<number, Observation>();
  for (const observation of history) {
    const slot = observation.trial % population;
    const holder = members.get(slot);
    if (holder === undefined || compareRank(observation, holder) <= 0) members.set(slot, observation);
  }
  return members;
}

/** The member in the unit cube; inactive coordinates are random, so that they keep some spread. */
function memberPoint(space: Space, seed: string, { assignment, trial }: Observation): readonly number[] {
  const random = stream(seed, 'differential-evolution/inactive', trial);
  return space.entries.flatMap((entry) => {
    const value = valueIn(assignment, entry.name);
    const spare = uniformPoint(entry.dimensions, random);
    return value === undefined ? spare : entry.encode(value);
  });
}

function proposeOne(
  { space, seed, options }: ProposalRequest<Options>,
  trial: number,
  members: ReadonlyMap<number, Observation>,
  points: ReadonlyMap<number, readonly number[]>,
): Assignment {
  const random = stream(seed, 'differential-evolution', trial);
  const slot = trial % options.population;
  const target = members.get(slot);
  const others = [...points.keys()].filter((key) => key !== slot).sort((a, b) => a - b);
  if (trial < options.population || target === undefined || others.length < 3) {
    return space.decode(uniformPoint(space.dimensions, random));
  }
  let child = target.assignment;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const point = crossedPoint(points.get(slot)!, pickThree(others, points, random), options, random);
    child = decodeKeeping(space, point, points.get(slot)!, target.assignment);
    if (!sameAssignment(child, target.assignment)) break;
  }
  return child;
}

type Point = readonly number[];

/** Three distinct members. */
function pickThree(
  keys: readonly number[],
  points: ReadonlyMap<number, Point>,
  random: Stream,
): readonly [Point, Point, Point] {
  const left = [...keys];
  const pick = (): Point => points.get(left.splice(random.integer(left.length), 1)[0]!)!;
  return [pick(), pick(), pick()];
}

function crossedPoint(
  target: Point,
  [base, plus, minus]: readonly [Point, Point, Point],
  { factor, crossover }: Options,
  random: Stream,
): readonly number[] {
  const forced = random.integer(target.length);
  return target.map((kept, index) => {
    // Two draws for every coordinate, used or not, so that options shift no stream.
    const cross = random.uniform() < crossover || index === forced;
    const spare = random.uniform();
    if (!cross) return kept;
    const moved = base[index]! + factor * (plus[index]! - minus[index]!);
    return moved >= 0 && moved <= 1 ? moved : spare;
  });
}

/** Decodes the point; an entry whose coordinates are the target's keeps the target's value to the last bit. */
function decodeKeeping(space: Space, point: Point, targetPoint: Point, target: Assignment): Assignment {
  const child: Record<string, Assignment[string]> = { ...space.decode(point) };
  for (const { entry, start } of entrySlots(space)) {
    const kept = valueIn(target, entry.name);
    if (valueIn(child, entry.name) === undefined || kept === undefined) continue;
    const end = start + entry.dimensions;
    if (sameValue(point.slice(start, end), targetPoint.slice(start, end))) child[entry.name] = kept;
  }
  return child;
}

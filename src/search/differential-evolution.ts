import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import { valueIn } from '../space/entry-value.js';
import type { Assignment, Space } from '../space/space.js';
import { sameAssignment, sameValue } from './assignments.js';
import { survivingMembers, type Member } from './differential-evolution/members.js';
import {
  strategies,
  strategyNames,
  type Ingredients,
  type Point,
} from './differential-evolution/strategy.js';
import { entrySlots, uniformPoint } from './points.js';
import { ranked } from './ranking.js';
import type { ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  /** Where mutants come from: a random member, the best one, or the target on its way to the best one. */
  strategy: z.enum(strategyNames).default('rand1bin'),
  /**
   * Members; the first `population` trials are random; a mutant needs four. The usual 20 and more pay only with
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
 * Differential evolution in the unit cube, with binomial crossover. Trial n competes with member n mod population
 * and replaces it when it is at least as good, as far as both were trained. Integers are rounded and categories are
 * equal bins of their coordinate; coordinates outside [0, 1] are drawn again uniformly. Pure replay: each member is
 * the winner of its trials so far, so waves may have any size; children of one wave see the members as they were
 * before the wave.
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
  const { assignment } = target.observation;
  let child = assignment;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const three = pickThree(others, members, random);
    const point = crossedPoint({ target: target.point, best, three }, options, random);
    child = decodeKeeping(space, point, target.point, assignment);
    if (!sameAssignment(child, assignment)) break;
  }
  return child;
}

/** Three distinct members. */
function pickThree(
  keys: readonly number[],
  members: ReadonlyMap<number, Member>,
  random: Stream,
): readonly [Point, Point, Point] {
  const left = [...keys];
  const pick = (): Point => members.get(left.splice(random.integer(left.length), 1)[0]!)!.point;
  return [pick(), pick(), pick()];
}

function crossedPoint(
  ingredients: Ingredients,
  { strategy, factor, crossover }: Options,
  random: Stream,
): readonly number[] {
  const { target } = ingredients;
  const forced = random.integer(target.length);
  return target.map((kept, index) => {
    // Two draws for every coordinate, used or not, so that options shift no stream.
    const cross = random.uniform() < crossover || index === forced;
    const spare = random.uniform();
    if (!cross) return kept;
    const moved = strategies[strategy](ingredients, factor, index);
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

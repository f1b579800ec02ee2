import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import type { Assignment } from '../space/space.js';
import { assignmentKey } from './assignments.js';
import { mutate } from './mutation.js';
import { uniformPoint } from './points.js';
import { standings } from './ranking.js';
import { createReplayCache, replayHistory } from './replay-cache.js';
import type { Observation, ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  population: z
    .int()
    .min(2)
    .default(20)
    .describe(
      'trials that are alive, the newest; the first ones are random. The paper has 100, for tens of thousands',
    ),
  sample: z
    .int()
    .min(1)
    .default(10)
    .describe('draws, with replacement, of which the best becomes the parent'),
  mutation: z
    .enum(['redraw', 'local'])
    .default('local')
    .describe(
      'the changed entry is drawn from the space again (redraw, the paper), or a number moves by a step (local)',
    ),
  step: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('standard deviation of a local step, as part of the range'),
});

type Options = z.infer<typeof schema>;

/** Mutations of the parent tried before a point that was proposed already is mutated further. */
const ATTEMPTS = 10;

/** Further mutations before it is proposed all the same: the space is as good as used up. */
const WALK = 100;

/**
 * Aging evolution: the best of a few draws from the newest trials is changed in one active entry; the oldest trial
 * dies, however good it is, so that luck is not inherited for ever. Works on categorical and conditional spaces.
 * A child that equals an earlier trial is mutated anew, so that a point is proposed twice only when the space is
 * used up. Pure replay: the population is the end of the history.
 */
export const regularizedEvolution: Sampler<Options> = {
  name: 'regularized-evolution',
  summary: 'mutates the best of a sample of the newest trials; the oldest die',
  source: 'Real et al., AAAI 2019, algorithm 1',
  schema,
  check: () => undefined,
  waveSize: (_space, { population }) => Math.min(8, population),
  propose: (request) => {
    const told = toldKeys(request);
    const proposed = new Set<string>();
    const isKnown = (key: string): boolean => told.has(key) || proposed.has(key);
    const newest = request.history.slice(-request.options.population);
    const living = { newest, scores: standings(newest) };
    return Array.from({ length: request.count }, (_, index) => {
      const child = proposeOne(request, request.firstTrial + index, living, isKnown);
      proposed.add(assignmentKey(child));
      return child;
    });
  },
};

const cache = createReplayCache<Set<string>>();

/** The points that were told. */
function toldKeys({ space, seed, history }: ProposalRequest<Options>): ReadonlySet<string> {
  return replayHistory(
    cache,
    { space, key: seed, history },
    () => new Set<string>(),
    (keys, { assignment }) => keys.add(assignmentKey(assignment)),
  );
}

/** The living trials in trial order, and their standings among themselves. */
interface Population {
  readonly newest: readonly Observation[];
  readonly scores: readonly number[];
}

function proposeOne(
  { space, seed, options }: ProposalRequest<Options>,
  trial: number,
  living: Population,
  isKnown: (key: string) => boolean,
): Assignment {
  const random = stream(seed, 'regularized-evolution', trial);
  if (trial < options.population || living.newest.length === 0) {
    return space.decode(uniformPoint(space.dimensions, random));
  }
  const parent = tournament(living, options.sample, random).assignment;
  let child = parent;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    child = mutate({ space, parent, kind: options.mutation, step: options.step, random });
    if (!isKnown(assignmentKey(child))) return child;
  }
  // The parent's neighbours are used up: walk on from the last one.
  for (let attempt = 0; attempt < WALK; attempt++) {
    child = mutate({ space, parent: child, kind: options.mutation, step: options.step, random });
    if (!isKnown(assignmentKey(child))) return child;
  }
  return child;
}

/** The best of `size` draws with replacement, ties by trial. */
function tournament({ newest, scores }: Population, size: number, random: Stream): Observation {
  let best = random.integer(newest.length);
  for (let draw = 1; draw < size; draw++) {
    const rival = random.integer(newest.length);
    const lead = scores[rival]! - scores[best]!;
    if (lead > 0 || (lead === 0 && rival < best)) best = rival;
  }
  return newest[best]!;
}

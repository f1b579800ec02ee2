import { z } from 'zod';
import { UserError } from '../core/errors.js';
import { stream } from '../core/random.js';
import { countText } from '../statistics/number-text.js';
import type { Assignment } from '../space/space.js';
import { requireAdjustable } from './adjustable-entries.js';
import { explore } from './population-based-training/explore.js';
import { exploit } from './population-based-training/exploit.js';
import { uniformPoint } from './points.js';
import { segmentAt } from './segments.js';
import type { ProposalRequest, Sampler } from './sampler.js';

const schema = z.strictObject({
  population: z.int().min(2).default(8).describe('members that train side by side: the trials of a round'),
  interval: z
    .int()
    .min(1)
    .default(1)
    .describe('evaluations from one exchange to the next; fewer than a whole training has'),
  quantile: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.25)
    .describe(
      'part of the population that is replaced, as are failures, by members of as large a part at the top',
    ),
  resample: z
    .number()
    .min(0)
    .max(1)
    .default(0.25)
    .describe('probability that a number is drawn from the space again; else it is multiplied by 1.2 or 0.8'),
});

type Options = z.infer<typeof schema>;

/**
 * Synchronous population-based training: after each interval the worst members take over the training of one of the
 * best and go on with changed numbers. A trial is one member for one interval; what it stands for is the schedule
 * of its whole descent, so the winner is a loss with schedules that trains from the start to the same result.
 * Numbers that cannot change on the way, and choices, are inherited with the training. When the training ends and
 * there is budget left, another population begins. Deterministic: ranks are by value, ties by trial, and every
 * draw belongs to a trial.
 */
export const populationBasedTraining: Sampler<Options> = {
  name: 'population-based-training',
  summary: 'bad members take over the training of good ones and change their numbers on the way',
  source: 'Jaderberg et al., arXiv 1711.09846; synchronous, defaults of Ray Tune',
  schema,
  check: (space) => requireAdjustable('population-based-training', space),
  waveSize: (_space, { population }) => population,
  rounds: {
    check: ({ options: { interval }, full }) => {
      if (interval < full) return;
      throw new UserError({
        code: 'unsupported',
        message: 'population-based training would exchange nothing, as an interval is a whole training',
        place: { path: 'interval' },
        found: countText(interval, 'evaluation'),
        expected:
          full > 1 ? `at most ${full - 1} of the ${full} evaluations` : 'trainings of several evaluations',
      });
    },
    round: ({ options, full, index }) => ({
      trials: options.population,
      ...segmentAt(index, options.interval, full),
    }),
    parents: (request) => successors(request).map(({ parent }) => parent),
  },
  propose: (request) => {
    const { options, space, seed, wave, firstTrial, count, full = 1 } = request;
    if (segmentAt(wave, options.interval, full).from > 0) {
      return successors(request).map(({ assignment }) => assignment);
    }
    return Array.from({ length: count }, (_, index) =>
      space.decode(uniformPoint(space.dimensions, stream(seed, 'pbt/start', firstTrial + index))),
    );
  },
};

/** Who each trial goes on with, and with which values. */
function successors({
  options,
  space,
  seed,
  history,
  wave,
  firstTrial,
}: ProposalRequest<Options>): readonly { readonly parent: number; readonly assignment: Assignment }[] {
  const members = history.filter((member) => member.wave === wave - 1);
  const byTrial = new Map(members.map((member) => [member.trial, member]));
  const pick = (place: number, bound: number): number =>
    stream(seed, 'pbt/exploit', firstTrial + place).integer(bound);
  return exploit(members, options.quantile, pick).map((parent, place) => {
    const { assignment } = byTrial.get(parent)!;
    if (parent === members[place]!.trial) return { parent, assignment };
    const random = stream(seed, 'pbt/explore', firstTrial + place);
    return { parent, assignment: explore(space, assignment, options.resample, random) };
  });
}

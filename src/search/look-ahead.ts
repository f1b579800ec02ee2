import { z } from 'zod';
import { onlyAdjustable } from './adjustable-entries.js';
import { assignmentAt } from './gradient/cube-point.js';
import { isProbing, replayLookAhead, roundOf } from './look-ahead/replay.js';
import type { Sampler } from './sampler.js';

const schema = z.strictObject({
  interval: z.int().min(1).default(1).describe('evaluations that a step looks ahead'),
  difference: z
    .number()
    .gt(0)
    .max(0.5)
    .default(0.1)
    .describe('half of the distance over which a difference is taken, as part of the range'),
  learningRate: z
    .number()
    .gt(0)
    .max(1)
    .default(0.1)
    .describe('learning rate of Adam on the parameters, as part of the range'),
});

/**
 * One-step look-ahead on the parameters while the training goes on: from the present state of one training, one
 * more piece is trained with each number moved up and down; central differences of the value after it are the
 * gradient by which the numbers move, and then the training itself does the piece. The look-ahead goes through the
 * optimizer as it is, momentum and all. Greedy: what helps at once may hurt later (Wu et al., ICLR 2018), so a
 * longer `interval` is safer. A trial is one piece; the last piece of a training stands for the schedule that was
 * learned. The next training begins with the numbers that the last one ended with, and at the middle where it
 * failed.
 */
export const lookAhead: Sampler<z.infer<typeof schema>> = {
  name: 'look-ahead',
  summary: 'follows the gradient of the value after the next piece of one training',
  source: 'Liu et al., Auto-Lambda, TMLR 2022; differences in the parameters in place of the weights',
  schema,
  check: (space) => {
    onlyAdjustable('look-ahead', space);
  },
  waveSize: (space) => roundOf(0, { interval: 1 }, space, 1).trials,
  rounds: {
    round: ({ options, space, full, index }) => roundOf(index, options, space, full),
    // Rounds are probes and the training in turn; the training before is the last trial before the probes.
    parents: ({ space, wave, firstTrial, count }) => {
      const probes = roundOf(0, { interval: 1 }, space, 1).trials;
      const base = isProbing(wave) ? firstTrial - 1 : firstTrial - probes - 1;
      return new Array<number>(count).fill(base);
    },
  },
  propose: (request) => {
    const { space, options, wave, count } = request;
    const entries = onlyAdjustable('look-ahead', space);
    const { point } = replayLookAhead(request, entries);
    return Array.from({ length: count }, (_, index) => {
      if (!isProbing(wave)) return assignmentAt(space, entries, point);
      const axis = Math.floor(index / 2);
      const shift = index % 2 === 0 ? options.difference : -options.difference;
      return assignmentAt(
        space,
        entries,
        point.map((value, place) => (place === axis ? value + shift : value)),
      );
    });
  },
};

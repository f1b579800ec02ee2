import { z } from 'zod';
import { numberText } from '../statistics/number-text.js';
import type { StoppingRule } from './rule.js';

const schema = z.strictObject({
  patience: z
    .int()
    .min(1)
    .default(20)
    .describe('trials in a row without an improvement, stopped and failed ones included'),
  minDelta: z
    .number()
    .min(0)
    .default(0)
    .describe('improvement above which a score counts as better, in units of the metric'),
});

/** Stagnation: no fully trained trial was better than the best before it for so many trials. */
export const noImprovement: StoppingRule<z.infer<typeof schema>> = {
  name: 'no-improvement',
  summary: 'the best score has not improved for so many trials',
  source: 'Prechelt, Neural Networks: Tricks of the Trade (1998), applied to trials',
  schema,
  check: ({ options: { patience, minDelta }, history, direction }) => {
    let best = Number.POSITIVE_INFINITY;
    let since = 0;
    for (const { complete, value } of history) {
      if (complete && value < best - minDelta) {
        best = value;
        since = 0;
      } else since += 1;
    }
    if (since < patience) return undefined;
    if (best === Number.POSITIVE_INFINITY) return `none of ${since} trials has a score`;
    const score = direction === 'maximize' ? -best : best;
    return `${since} trials in a row without a score better than ${numberText(score, 6)}${minDelta === 0 ? '' : ` by ${numberText(minDelta)}`}`;
  },
};

import { z } from 'zod';
import { numberText } from '../statistics/number-text.js';
import type { StoppingRule } from './rule.js';

const schema = z.strictObject({
  score: z.number().describe('primary metric on the search-validation part, in its own units'),
});

/** Good enough: a trial that trained to the end has the score, or a better one. */
export const target: StoppingRule<z.infer<typeof schema>> = {
  name: 'target',
  summary: 'a fully trained trial reaches the score',
  source: 'textbook',
  schema,
  check: ({ options: { score }, history, direction }) => {
    const sign = direction === 'maximize' ? -1 : 1;
    const first = history.find(({ complete, value }) => complete && value <= sign * score);
    if (first === undefined) return undefined;
    return `trial ${first.trial} of the search has ${numberText(sign * first.value, 6)}, the target is ${numberText(score, 6)}`;
  },
};

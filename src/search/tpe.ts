import { z } from 'zod';
import { stream } from '../core/random.js';
import { refuseFormulas } from './refuse-formulas.js';
import type { Sampler } from './sampler.js';
import { goodTrials, otherTrials, rowsWhere } from './tpe/split.js';
import { jointProposer } from './tpe/joint-proposer.js';
import { entryProposer } from './tpe/entry-proposer.js';
import { tableOfRows, trialTable } from './trial-table.js';
import { drawUnseen, seenPoints } from './unseen.js';

const schema = z.strictObject({
  startup: z
    .int()
    .min(0)
    .default(10)
    .describe('random trials before the model is asked; those not told yet count'),
  candidates: z
    .int()
    .min(1)
    .default(24)
    .describe('draws from l of which the one with the largest l/g is proposed'),
  multivariate: z.boolean().default(true).describe('all entries are modelled jointly; else each for itself'),
  magicClip: z
    .boolean()
    .default(true)
    .describe('no kernel is narrower than the range / min(100, n + 2), for n trials on its side'),
  endpoints: z
    .boolean()
    .default(false)
    .describe("the two outermost kernels count their distance to the end of the range as a neighbour's"),
});

type Options = z.infer<typeof schema>;

/**
 * Tree-structured Parzen estimator by the rules of Optuna 5: a density l of the good trials and one g of all others;
 * the proposal is the draw from l with the largest l/g. Numbers are modelled in their unit coordinate, so in their
 * logarithm where the space says so; integers by the mass of their cell. Trials of the same wave that were proposed
 * before count as not good (constant liar). Trials are ranked by their standings, so those of lower fidelity find
 * their place; failures are never good. Of more than
 * 1000 trials that are not good an even selection is modelled. A point that was proposed before is passed over.
 */
export const tpe: Sampler<Options> = {
  name: 'tpe',
  summary: 'draws from a density of the good trials where the others are rare',
  source: 'Bergstra et al., NeurIPS 2011; Watanabe, arXiv 2304.11127; rules of Optuna 5',
  schema,
  check: (space) => refuseFormulas('tpe', space),
  waveSize: () => 8,
  propose: ({ options, space, seed, history, firstTrial, count }) => {
    const seen = seenPoints(space, history);
    const isGood = history.length === 0 ? new Uint8Array() : goodTrials(history);
    const told = trialTable(space, history);
    const good = tableOfRows(told, rowsWhere(isGood, 1));
    const bad = tableOfRows(told, otherTrials(isGood));
    const evidence = { space, good, bad, widths: options, candidates: options.candidates, count };
    const wave = options.multivariate ? jointProposer(evidence) : entryProposer(evidence);
    return Array.from({ length: count }, (_, index) => {
      const random = stream(seed, 'tpe', firstTrial + index);
      const starting = history.length === 0 || history.length + index < options.startup;
      const found = starting ? undefined : wave.propose(random, seen);
      const proposal = found ?? drawUnseen(space, seen, random);
      seen.add(proposal);
      wave.add(proposal);
      return proposal;
    });
  },
};

import { z } from 'zod';
import { halvingBracket, halvings, integerPower } from './halving.js';
import type { FidelityPolicy, PromotionRequest, Promotions, RungTrial } from './policy.js';

const schema = z.strictObject({
  eta: z.int().min(2).default(3).describe('one trial in eta of a rung goes on to the next'),
  minimum: z
    .int()
    .min(1)
    .default(1)
    .describe('smallest fidelity, in evaluations; the first rung has at least this much'),
});

type Options = z.infer<typeof schema>;

/**
 * Asynchronous successive halving in its promotion form, in waves of a fixed size, so that it is deterministic: for
 * each place of a wave the rungs are read from the top for a trial among the best ⌊n/eta⌋ of the n that ever
 * reached the rung which was not promoted yet; where there is none, a new trial starts. When no more may start and
 * nobody may be promoted, yet nobody has trained to the end, the best trial of the highest rung goes on.
 */
export const asha: FidelityPolicy<Options> = {
  name: 'asha',
  summary: 'promotes trials that are among the best of their rung as soon as they are',
  source: 'Li et al., MLSys 2020, algorithm 2',
  schema,
  bracket: ({ options, full, waveSize }) => {
    const fidelities = rungsOf(options, full);
    const whole = integerPower(options.eta, fidelities.length - 1);
    return halvingBracket(Math.max(waveSize, whole), fidelities.length - 1, options.eta, full);
  },
  promotions: (request) => {
    const { options, full, waveSize, trials, left } = request;
    const fidelities = rungsOf(options, full);
    const promoted = promotable(request, fidelities).slice(0, waveSize);
    const start = Math.min(left, waveSize - promoted.length);
    const started = { trials: start, fidelity: fidelities[0]! };
    if (promoted.length > 0 || start > 0) return { promoted, started };
    return { promoted: lastResort(trials, fidelities), started };
  },
};

/** Fidelities of the rungs, the whole training last. */
function rungsOf({ eta, minimum }: Options, full: number): readonly number[] {
  const cuts = halvings(full, minimum, eta);
  return Array.from({ length: cuts + 1 }, (_, rung) => Math.floor(full / integerPower(eta, cuts - rung)));
}

/** Who may go on, highest rung first, best first. */
function promotable(
  { options: { eta }, trials }: PromotionRequest<Options>,
  fidelities: readonly number[],
): Promotions['promoted'][number][] {
  const found: Promotions['promoted'][number][] = [];
  for (let rung = fidelities.length - 2; rung >= 0; rung--) {
    const fidelity = fidelities[rung]!;
    const reached = trials.filter(({ curve }) => curve.length >= fidelity);
    const best = bestOf(reached, fidelity, Math.floor(reached.length / eta));
    const waiting = best.filter(({ curve }) => curve.length === fidelity);
    for (const { trial } of ranked(waiting, fidelity)) found.push({ trial, fidelity: fidelities[rung + 1]! });
  }
  return found;
}

/** The best of the highest rung where somebody waits, unless somebody has trained to the end. */
function lastResort(trials: readonly RungTrial[], fidelities: readonly number[]): Promotions['promoted'] {
  const full = fidelities.at(-1)!;
  if (ranked(trials, full).length > 0) return [];
  for (let rung = fidelities.length - 2; rung >= 0; rung--) {
    const fidelity = fidelities[rung]!;
    const best = ranked(trials, fidelity).find(({ curve }) => curve.length === fidelity);
    if (best !== undefined) return [{ trial: best.trial, fidelity: fidelities[rung + 1]! }];
  }
  return [];
}

/**
 * The first `count` of {@link ranked}, in any order. A wave asks this of all trials so far, so values are sorted as
 * plain numbers, ten times as fast as trials.
 */
function bestOf(trials: readonly RungTrial[], fidelity: number, count: number): readonly RungTrial[] {
  const values = Float64Array.from(trials, (trial) => valueAt(trial, fidelity));
  const last = values.filter(Number.isFinite).sort().subarray(0, count).at(-1);
  if (last === undefined) return [];
  const better = trials.filter((_, index) => values[index]! < last && Number.isFinite(values[index]));
  const ties = ranked(
    trials.filter((_, index) => values[index] === last),
    fidelity,
  );
  return [...better, ...ties.slice(0, count - better.length)];
}

/** Those with a finite value at a fidelity, best first, ties by trial. */
function ranked(trials: readonly RungTrial[], fidelity: number): RungTrial[] {
  return trials
    .filter((trial) => Number.isFinite(valueAt(trial, fidelity)))
    .sort((a, b) => valueAt(a, fidelity) - valueAt(b, fidelity) || a.trial - b.trial);
}

const valueAt = ({ curve }: RungTrial, fidelity: number): number => curve[fidelity - 1] ?? Infinity;

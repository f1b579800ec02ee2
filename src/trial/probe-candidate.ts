import { isDeepStrictEqual } from 'node:util';
import type { Candidate } from '../candidate/candidate.js';
import type { Registry } from '../core/registry.js';
import { buildLoss } from '../losses/build-loss.js';
import type { Loss } from '../losses/loss.js';
import { plainLossSpec } from '../losses/plain-loss-spec.js';
import { WrongShape } from '../losses/wrong-shape.js';
import type { Head } from '../problem/head.js';
import type { AnySchedule } from '../schedules/schedule.js';
import { probeGradients, type ProbeGradients } from './probe-gradients.js';
import { probeBatches, type ProbeBatch } from './probe-points.js';
import { probeSignature } from './probe-signature.js';
import { PROBE_PROGRESS, probeTheta } from './probe-theta.js';
import { firstNotFinite, judgeGradients, rejected } from './probe-verdict.js';
import type { ProbeOutcome } from './trial.js';

export interface ProbeInput {
  readonly candidate: Candidate;
  readonly heads: readonly Head[];
  /** Training samples of each class by head ([negatives, positives] for binary); none for regression heads. */
  readonly classCounts: Readonly<Record<string, ArrayLike<number>>>;
  /** Deviation of the training targets of each output, by regression head: the unit in which losses are told apart. */
  readonly targetDeviations: Readonly<Record<string, ArrayLike<number>>>;
  readonly losses: Registry<Loss>;
  readonly schedules: Registry<AnySchedule>;
  /** Plain loss by head: a step of the candidate must lower it. */
  readonly plainLoss: Readonly<Record<string, string>>;
  /** Whether trials scale losses to one gradient norm; if not, c·L is another candidate than L. Default true. */
  readonly normalised?: boolean;
}

/**
 * The cheap check before training: a few evaluations of the loss at fixed points, at the beginning, in the middle
 * and at the end of its schedules. Pure, and leaves no tensors behind. Rejects, in this order:
 *
 * - `wrong-shape`: the loss gives something else than one value per sample;
 * - `not-repeatable`: called twice on the same inputs, the loss gives two results;
 * - `not-finite`: a value or a gradient is not finite somewhere, very confident outputs included;
 * - `no-gradient`: the gradient is 0 everywhere, or at the uniform output that training starts from;
 * - `wrong-direction`: at no progress does a small step against the gradient at uniform output lower the plain loss
 *   of a head (raise the probability of the target, shrink the residual), averaged over all classes.
 *
 * A head to which the candidate gives no weight at all is left alone, as long as another head has some.
 *
 * @throws UserError `candidate` when the loss or a schedule cannot be built
 */
export function probeCandidate(input: ProbeInput): ProbeOutcome {
  try {
    return lookAt(input);
  } catch (error) {
    if (error instanceof WrongShape) return rejected('wrong-shape', error.message);
    throw error;
  }
}

function lookAt(input: ProbeInput): ProbeOutcome {
  const { candidate, heads, losses, schedules, classCounts, targetDeviations } = input;
  const loss = buildLoss(candidate.loss, heads, losses);
  const theta = probeTheta(loss.slots, schedules);
  if (theta.notFinite !== undefined) {
    return rejected('not-finite', `the schedule of ${theta.notFinite} is not finite`);
  }
  const batches = probeBatches(heads, targetDeviations);
  const look = (): ProbeGradients =>
    probeGradients({ loss, heads, batch: batches.start, classCounts, theta: theta.at(PROBE_PROGRESS[0]) });
  if (!isDeepStrictEqual(look(), look())) {
    return rejected(
      'not-repeatable',
      'it gives another result each time it is called; a loss is a function of its inputs alone: no random numbers, no clock',
    );
  }

  const start: ProbeGradients[] = [];
  const trained: ProbeGradients[] = [];
  const wide: ProbeGradients[] = [];
  for (const progress of theta.moves ? PROBE_PROGRESS : [PROBE_PROGRESS[0]]) {
    for (const [batch, looks] of [
      [batches.start, start],
      [batches.trained, trained],
    ] as const) {
      const look = probeGradients({ loss, heads, batch, classCounts, theta: theta.at(progress) });
      const wrong = firstNotFinite(look, heads);
      if (wrong !== undefined) return rejected('not-finite', `${wrong} at progress ${progress}`);
      looks.push(judgedRows(look, batch));
    }
    wide.push(probeGradients({ loss, heads, batch: batches.wide, classCounts, theta: theta.at(progress) }));
  }

  const plain = buildLoss(plainLossSpec(heads, input.plainLoss), heads, losses);
  const yardstick = probeGradients({
    loss: plain,
    heads,
    batch: batches.start,
    classCounts,
    theta: probeTheta(plain.slots, schedules).at(0),
  });
  const verdict = judgeGradients(heads, start, trained, yardstick);
  if (verdict !== undefined) return verdict;
  const looks = [...start, ...trained];
  return {
    state: 'accepted',
    signature: probeSignature({ candidate, theta, heads, looks, wide, normalised: input.normalised ?? true }),
  };
}

function judgedRows(look: ProbeGradients, { rows, judged }: ProbeBatch): ProbeGradients {
  const front = (values: Float32Array): Float32Array => values.subarray(0, (values.length / rows) * judged);
  return {
    values: front(look.values),
    headValues: look.headValues.map(front),
    gradients: look.gradients.map(front),
    learned: look.learned,
  };
}

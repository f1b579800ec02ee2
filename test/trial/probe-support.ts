import type { Candidate } from '../../src/candidate/candidate.js';
import type { Registry } from '../../src/core/registry.js';
import type { Head, TargetKind } from '../../src/problem/head.js';
import type { Loss, LossInputs } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { ops, type Tensor } from '../../src/tensor/index.js';
import { probeCandidate } from '../../src/trial/probe-candidate.js';
import type { ProbeOutcome } from '../../src/trial/trial.js';

export const KINDS = ['binary', 'multiclass', 'regression'] as const;

export const HEADS: Readonly<Record<TargetKind, Head>> = {
  binary: { name: 'class', kind: 'binary', outputs: 1 },
  multiclass: { name: 'class', kind: 'multiclass', outputs: 4 },
  regression: { name: 'value', kind: 'regression', outputs: 2 },
};

export const COUNTS: Readonly<Record<TargetKind, Readonly<Record<string, readonly number[]>>>> = {
  binary: { class: [900, 100] },
  multiclass: { class: [500, 300, 150, 50] },
  regression: {},
};

/** Standardised targets. */
export const DEVIATIONS: Readonly<Record<string, readonly number[]>> = { value: [1, 1] };

export const PLAIN: Readonly<Record<string, string>> = { class: 'cross-entropy', value: 'mse' };

/** Outcome for a candidate on a task with one head. */
export function probe(
  kind: TargetKind,
  candidate: Candidate,
  more: {
    readonly losses?: Registry<Loss>;
    readonly normalised?: boolean;
    readonly targetDeviations?: Readonly<Record<string, readonly number[]>>;
  } = {},
): ProbeOutcome {
  return probeCandidate({
    candidate,
    heads: [HEADS[kind]],
    classCounts: COUNTS[kind],
    targetDeviations: DEVIATIONS,
    losses: builtinLosses,
    schedules: builtinSchedules,
    plainLoss: PLAIN,
    ...more,
  });
}

/** Signature of a candidate that must be accepted. */
export function signatureOf(outcome: ProbeOutcome): string {
  if (outcome.state === 'accepted') return outcome.signature;
  throw new Error(`rejected: ${outcome.reason}, ${outcome.detail}`);
}

/** A loss without parameters from its value per row and output, all kinds alike. */
export function customLoss(name: string, perElement: (inputs: LossInputs) => Tensor): Loss {
  const perSample = (inputs: LossInputs): Tensor => ops.sum(perElement(inputs), -1);
  return {
    name,
    summary: name,
    parameters: [],
    perSample: { binary: perSample, multiclass: perSample, regression: perSample },
    source: 'test',
  };
}

/** −t log p of every output, from logits: p by softmax, or by sigmoid for one output with both terms. */
export function crossEntropyTerms({ prediction, target }: LossInputs): Tensor {
  if (prediction.shape.at(-1) !== 1) return ops.neg(ops.mul(target, ops.logSoftmax(prediction)));
  return ops.sub(ops.softplus(prediction), ops.mul(target, prediction));
}

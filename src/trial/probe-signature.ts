import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import { hashJson } from '../core/json.js';
import type { ProbeGradients } from './probe-gradients.js';
import type { ProbeTheta } from './probe-theta.js';

export interface SignatureInput {
  readonly candidate: Candidate;
  readonly theta: ProbeTheta;
  /** Judged rows only: one for each batch and progress that was looked at. */
  readonly looks: readonly ProbeGradients[];
  /** Whether the trainer takes the scale out of the loss: c·L then trains as L does. */
  readonly normalised: boolean;
}

/** Digits that count. */
const DIGITS = 2;
/** Nothing finer than this part of the norm counts: it may be rounding error. */
const FINEST = 1e-5;

/**
 * A hash that two candidates share only if they train alike: of their gradients at the probe batches, divided by
 * one common norm and rounded to 2 digits, and of everything that these gradients do not show.
 */
export function probeSignature({ candidate, theta, looks, normalised }: SignatureInput): string {
  const { loss, curriculum, learningRate } = canonicalCandidate(candidate);
  const gradients = looks.flatMap((look) => [
    ...look.gradients.flatMap((gradient) => Array.from(gradient)),
    ...look.learned,
  ]);
  // One factor for all looks: a weight that changes with progress changes the relation between them.
  const norm = Math.sqrt(gradients.reduce((sum, gradient) => sum + gradient * gradient, 0));
  const relative = (values: Iterable<number>): readonly number[] =>
    Array.from(values, (value) => roundRelative(value / norm));
  const weighting = 'heads' in loss && loss.weighting.name !== 'fixed' ? loss.weighting : undefined;
  // Losses that differ by a constant have equal gradients, but these two look at the values as well.
  const valuesMatter = curriculum?.kind === 'self-paced' || weighting?.name === 'dynamic-weight-average';
  return hashJson({
    gradients: relative(gradients),
    scale: normalised ? undefined : Number(norm.toPrecision(DIGITS)),
    unseen: theta.unseen,
    weighting,
    values: valuesMatter ? looks.map((look) => [look.values, ...look.headValues].map(relative)) : undefined,
    curriculum,
    learningRate,
  });
}

/** To 2 significant digits, or to a multiple of {@link FINEST} where that is coarser. */
function roundRelative(value: number): number {
  const digits = Number(value.toPrecision(DIGITS));
  const exponent = Math.floor(Math.log10(Math.abs(digits)));
  if (10 ** (exponent - DIGITS + 1) >= FINEST) return digits;
  return Math.round(value / FINEST) / Math.round(1 / FINEST);
}

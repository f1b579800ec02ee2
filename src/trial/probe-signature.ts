import type { Candidate } from '../candidate/candidate.js';
import { canonicalCandidate } from '../candidate/canonical-candidate.js';
import { hashJson } from '../core/json.js';
import type { Head } from '../problem/head.js';
import type { ProbeGradients } from './probe-gradients.js';
import type { ProbeTheta } from './probe-theta.js';

export interface SignatureInput {
  readonly candidate: Candidate;
  readonly theta: ProbeTheta;
  readonly heads: readonly Head[];
  /** Judged rows only: one for each batch and progress that was looked at. */
  readonly looks: readonly ProbeGradients[];
  /** Batches of rows from the inside outwards, one for each progress. */
  readonly wide: readonly ProbeGradients[];
  /** Whether the trainer takes the scale out of the loss: c·L then trains as L does. */
  readonly normalised: boolean;
}

/** Digits that count. */
const DIGITS = 2;
/** Nothing finer than this part of the norm counts: it may be rounding error. */
const FINEST = 1e-5;
/** The same for a row of a wide batch, as a part of the largest gradient among it and the rows further inside. */
const FINEST_WIDE = 1e-4;

/**
 * A hash that two candidates share only if they train alike: of their gradients at the probe batches, divided by
 * one common norm and rounded to 2 digits, and of everything that these gradients do not show.
 */
export function probeSignature(input: SignatureInput): string {
  const { candidate, theta, heads, looks, wide, normalised } = input;
  const { loss, curriculum, learningRate } = canonicalCandidate(candidate);
  const gradients = looks.flatMap((look) => [
    ...look.gradients.flatMap((gradient) => Array.from(gradient)),
    ...look.learned,
  ]);
  // One factor for all looks: a weight that changes with progress changes the relation between them.
  const norm = Math.sqrt(gradients.reduce((sum, gradient) => sum + gradient * gradient, 0));
  const relative = (values: Iterable<number>): readonly number[] =>
    Array.from(values, (value) => roundTo(value / norm, FINEST));
  const weighting = 'heads' in loss && loss.weighting.name !== 'fixed' ? loss.weighting : undefined;
  // Losses that differ by a constant have equal gradients, but these two look at the values as well.
  const valuesMatter = curriculum?.kind === 'self-paced' || weighting?.name === 'dynamic-weight-average';
  return hashJson({
    gradients: relative(gradients),
    wide: wide.map((look) =>
      look.gradients.map((gradient, index) => relativeOutwards(gradient, heads[index]!, norm)),
    ),
    scale: normalised ? undefined : Number(norm.toPrecision(DIGITS)),
    unseen: theta.unseen,
    weighting,
    values: valuesMatter ? looks.map((look) => [look.values, ...look.headValues].map(relative)) : undefined,
    curriculum,
    learningRate,
  });
}

/**
 * Gradients of rows from the inside outwards over a norm, rounded. Rows of all sizes are to count alike: those far out
 * may be many times larger than the others, or (p near 1, losses that ignore outliers) the rounding error of what the
 * loss is further inside. Outputs of a regression head have units of their own, so each is looked at by itself.
 */
function relativeOutwards(gradient: Float32Array, { kind, outputs }: Head, norm: number): readonly unknown[] {
  const alone = kind === 'regression';
  const largest = new Float64Array(alone ? outputs : 1);
  return Array.from({ length: gradient.length / outputs }, (_, row) => {
    const values = gradient.subarray(row * outputs, (row + 1) * outputs);
    const cell = (output: number): number => (alone ? output : 0);
    values.forEach((value, output) => {
      if (!Number.isFinite(value)) return;
      largest[cell(output)] = Math.max(largest[cell(output)]!, Math.abs(value) / norm);
    });
    return Array.from(values, (value, output) =>
      Number.isFinite(value) ? roundTo(value / norm, FINEST_WIDE * largest[cell(output)]!) : String(value),
    );
  });
}

/** To 2 significant digits, or to a multiple of `finest` (rounded up to a power of ten) where that is coarser. */
function roundTo(value: number, finest: number): number {
  if (value === 0) return 0;
  const digits = Number(value.toPrecision(DIGITS));
  const place = Math.floor(Math.log10(Math.abs(digits))) - DIGITS + 1;
  const finestPlace = Math.ceil(Math.log10(finest) - 1e-9);
  if (place >= finestPlace) return digits;
  return Number(`${Math.round(value / 10 ** finestPlace)}e${finestPlace}`);
}

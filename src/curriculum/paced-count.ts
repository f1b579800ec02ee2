import type { PacedCurriculumSpec } from '../candidate/candidate.js';
import type { Registry } from '../core/registry.js';
import type { Pacing } from './pacing.js';
import { builtinPacings } from './registry.js';

export interface PacingRequest {
  readonly pacing: PacedCurriculumSpec['pacing'];
  /** N: samples in the ordering. */
  readonly available: number;
  /** τ in [0, 1]. */
  readonly progress: number;
}

/** n(τ) = N b + N (1 − b) h(τ / full), clipped to N: how many samples are in use, before rounding. */
export function pacedSize(
  { pacing, available, progress }: PacingRequest,
  pacings: Registry<Pacing> = builtinPacings,
): number {
  if (progress >= pacing.full) return available;
  const { start } = pacing;
  const growth = pacings.get(pacing.function).growth(progress / pacing.full);
  return Math.min(available, available * start + available * (1 - start) * growth);
}

/** {@link pacedSize} as a number of samples: rounded, at least 1. */
export function pacedCount(request: PacingRequest, pacings?: Registry<Pacing>): number {
  return Math.max(1, Math.round(pacedSize(request, pacings)));
}

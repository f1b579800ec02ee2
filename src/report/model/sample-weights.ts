import type { CurriculumSpec } from '../../candidate/candidate.js';
import { selfPacedWeight } from '../../curriculum/self-paced-weights.js';
import type { SampleWeight } from '../found-loss-curves.js';

/** The axis ends at twice the threshold: beyond it no form changes any more. */
const FURTHEST = 2;
/** Odd, so that the threshold itself is a point. */
const POINTS = 201;

/** Weight of a sample by its loss over the threshold; undefined for a curriculum that gives no weights. */
export function sampleWeights(curriculum: CurriculumSpec | undefined): readonly SampleWeight[] | undefined {
  if (curriculum?.kind !== 'self-paced') return undefined;
  const { weights, direction } = curriculum;
  return Array.from({ length: POINTS }, (_, index) => {
    const ratio = (FURTHEST * index) / (POINTS - 1);
    return { ratio, weight: selfPacedWeight(weights, direction, ratio) };
  });
}

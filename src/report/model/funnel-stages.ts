import type { Stage, TrialRecord } from '../../study/trial-record.js';
import { lastPieces } from '../../study/descents.js';
import type { FunnelStage } from '../report-model.js';

const STAGES: readonly { readonly stage: Stage; readonly part: string }[] = [
  { stage: 'search', part: 'validation' },
  { stage: 'selection', part: 'selection' },
  { stage: 'test', part: 'test' },
];

/** What went through each stage that has begun. */
export function funnelStages(records: readonly TrialRecord[]): readonly FunnelStage[] {
  return STAGES.flatMap(({ stage, part }) => {
    // A training that several trials made in pieces is one.
    const inside = lastPieces(records.filter((record) => record.stage === stage));
    if (inside.length === 0) return [];
    const arms = new Set(
      inside.map(({ arm, candidateHash, index }) => `${arm}/${stage === 'search' ? index : candidateHash}`),
    );
    const seeds = new Set(inside.map(({ seed }) => seed));
    return [{ stage, arms: arms.size, seedsEach: seeds.size, part }];
  });
}

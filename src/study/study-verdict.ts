import type { Candidate } from '../candidate/candidate.js';
import type { Verdict } from '../statistics/verdict.js';
import type { FoundBy } from './found-by.js';

/** The winner against one control, on the test split. */
export type StudyComparison =
  | {
      readonly state: 'compared';
      readonly arm: string;
      readonly candidateHash: string;
      /** Mean paired gain over the seeds; positive: the winner is better, whatever the direction of the metric. */
      readonly gain: number;
      readonly interval: readonly [low: number, high: number];
      readonly pValue: number;
      /** Holm's correction over all comparisons of the study. */
      readonly adjustedPValue: number;
    }
  | {
      readonly state: 'not-compared';
      readonly arm: string;
      readonly candidateHash: string;
      readonly reason: string;
    };

/** What a study found: one sentence with a number, and what stands behind it. Stored in the journal. */
export interface StudyVerdict {
  readonly outcome: Verdict['kind'] | 'not-judged';
  readonly sentence: string;
  /** Absent where no candidate of the search could be trained. */
  readonly winner?: { readonly candidate: Candidate; readonly candidateHash: string };
  readonly comparisons: readonly StudyComparison[];
  /** The whole judgement; absent where there was nothing to compare. Infinite degrees of freedom stand as null. */
  readonly judged?: Verdict;
  /** The search that found the given loss and has judged it on this test part already; absent where there is none. */
  readonly testSeenBy?: FoundBy;
}

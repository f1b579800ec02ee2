import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import type { Stretch } from '../candidate/sequence-candidates.js';

/**
 * What a trial stands for that goes on with another one's training: all that was trained on the way, one after the
 * other. Trained from the start it gives the same, as all trials of a search share one seed.
 * @param before of the trial whose training it goes on with; empty: from the start
 * @param begin progress at which it sets out
 */
export function descend(before: readonly Stretch[], begin: number, candidate: Candidate): readonly Stretch[] {
  const last = before.at(-1);
  const same = last !== undefined && candidateHash(last.candidate) === candidateHash(candidate);
  return same ? before : [...before, { begin, candidate }];
}

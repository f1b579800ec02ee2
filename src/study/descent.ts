import { candidateHash } from '../candidate/candidate-hash.js';
import type { Candidate } from '../candidate/candidate.js';
import { sequenceCandidates } from '../candidate/sequence-candidates.js';
import type { ArmState } from './arm-state.js';

/**
 * The candidate that a trial stands for which goes on with another one's training: all that was trained on the way,
 * one after the other. Trained from the start it gives the same, as all trials of a search share one seed.
 * @param index own count of the trial, which is remembered
 * @param parent own count of the trial whose training it goes on with; undefined: from the start
 * @param begin progress at which it sets out
 * @throws RangeError where the candidates differ in what cannot change on the way
 */
export function descend(
  { descents }: Pick<ArmState, 'descents'>,
  index: number,
  parent: number | undefined,
  begin: number,
  candidate: Candidate,
): Candidate {
  const before = parent === undefined ? [] : descents.get(parent)!;
  const last = before.at(-1);
  const same = last !== undefined && candidateHash(last.candidate) === candidateHash(candidate);
  const descent = same ? before : [...before, { begin, candidate }];
  descents.set(index, descent);
  return sequenceCandidates(descent);
}

import { hashJson } from '../core/json.js';
import type { Candidate } from './candidate.js';
import { canonicalCandidate } from './canonical-candidate.js';

/** The name of a candidate: 12 hexadecimal digits. Equal canonical forms have equal hashes. */
export function candidateHash(candidate: Candidate): string {
  return hashJson(canonicalCandidate(candidate));
}

import type { Candidate } from '../candidate/candidate.js';
import { parseCandidate } from '../candidate/parse-candidate.js';
import { parseYaml } from '../core/yaml-file.js';
import { readTextFile } from '../study/read-text-file.js';

/**
 * A candidate from a file, JSON or YAML, alone or under the key `candidate` (as best-loss.json has it).
 * @throws UserError at the place in the file
 */
export function readLoss(file: string): Candidate {
  // JSON is YAML, so one reader serves both and knows lines and columns.
  const document = parseYaml(readTextFile(file), file);
  const whole = document.value as { readonly candidate?: unknown } | null;
  if (typeof whole === 'object' && whole !== null && 'candidate' in whole) {
    return parseCandidate(whole.candidate, document.locate(['candidate']));
  }
  return parseCandidate(whole, document.locate([]));
}

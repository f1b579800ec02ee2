import { parseCandidate } from '../candidate/parse-candidate.js';
import { stream } from '../core/random.js';
import type { YamlDocument } from '../core/yaml-file.js';
import type { Registries } from '../plugins/registries.js';
import type { Head } from '../problem/head.js';
import type { Space } from '../space/space.js';
import { checkCandidate } from '../trial/check-candidate.js';
import { located } from './located.js';

/** Candidates drawn to see that a space yields losses that exist and serve the task. */
const CHECKED_CANDIDATES = 64;

/** @throws UserError `candidate` at the space, where it yields a loss that does not exist or does not serve the task */
export function checkSpace(
  space: Space,
  heads: readonly Head[],
  registries: Registries,
  document: YamlDocument,
): void {
  const random = stream('check-space', space.hash);
  const drawn = Array.from({ length: CHECKED_CANDIDATES }, () =>
    Array.from({ length: space.dimensions }, () => random.uniform()),
  );
  // The ends of every range first: what they are is written in the file.
  for (const unit of [...ends(space.dimensions), ...drawn]) {
    located({ ...document.locate(['space']), path: 'space' }, () => {
      checkCandidate(parseCandidate(space.build(space.decode(unit))), heads, registries);
    });
  }
}

/** The points in the middle of all ranges but one, which is at its low or high end. */
function ends(dimensions: number): readonly (readonly number[])[] {
  return Array.from({ length: dimensions }).flatMap((_, moved) =>
    [0, 1].map((end) => Array.from({ length: dimensions }, (_other, index) => (index === moved ? end : 0.5))),
  );
}

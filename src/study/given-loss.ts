import type { Candidate } from '../candidate/candidate.js';
import { parseCandidate } from '../candidate/parse-candidate.js';
import { UserError } from '../core/errors.js';
import { renderPath } from '../core/render-value.js';
import { child } from '../core/schema-keys.js';
import type { Path } from '../core/schema-problem.js';
import { parseYaml, type Locate, type YamlDocument } from '../core/yaml-file.js';
import type { ExperimentFile } from './experiment-file.js';
import { readFoundBy, type FoundBy } from './found-by.js';
import { locatedCandidate } from './located-candidate.js';
import { readTextFile } from './read-text-file.js';
import type { Overrides } from './resolve-experiment.js';

/** The loss that an evaluation is about. */
export interface GivenLoss {
  readonly candidate: Candidate;
  /** Finds the place of an entry of the candidate, for errors. */
  readonly locate: Locate;
  /** Absent where nothing says that a search found it. */
  readonly foundBy?: FoundBy;
}

/**
 * The loss of an evaluation: the one that is given beside the experiment file, in a file or as a value, else the
 * file's own.
 * @throws UserError at the place in the file
 */
export function findGivenLoss(
  file: ExperimentFile,
  document: YamlDocument,
  { candidate, loss }: Pick<Overrides, 'candidate' | 'loss'>,
): GivenLoss {
  if (loss !== undefined) return readLoss(loss);
  if (candidate !== undefined) return { candidate, locate: (path) => ({ path: renderPath(path) }) };
  if (file.candidate === undefined) {
    throw new UserError({
      code: 'schema',
      message: 'no loss is given',
      place: document.locate([]),
      expected: 'the key "candidate", or --loss FILE',
    });
  }
  return lossAt(document, ['candidate']);
}

/**
 * A candidate from a file, JSON or YAML, alone or under the key `candidate` (as best-loss.json has it).
 * @throws UserError at the place in the file
 */
function readLoss(file: string): GivenLoss {
  // JSON is YAML, so one reader serves both and knows lines and columns.
  const document = parseYaml(readTextFile(file), file);
  const given = lossAt(document, child(document.value, 'candidate') === undefined ? [] : ['candidate']);
  const foundBy = readFoundBy(document);
  return foundBy === undefined ? given : { ...given, foundBy };
}

function lossAt(document: YamlDocument, root: Path): GivenLoss {
  const value = root.reduce<unknown>(child, document.value);
  const locate: Locate = (path, target) => document.locate([...root, ...path], target);
  return { candidate: locatedCandidate(value, locate, () => parseCandidate(value)), locate };
}

import { UserError } from '../core/errors.js';
import type { YamlDocument } from '../core/yaml-file.js';

/** True where a file describes a search space by itself, which has parameters where an experiment has a task. */
export function isSpaceFile({ value }: YamlDocument): boolean {
  return typeof value === 'object' && value !== null && 'parameters' in value && !('task' in value);
}

/** @throws UserError `schema` where the file is a search space and not an experiment */
export function refuseSpaceFile(document: YamlDocument): void {
  if (!isSpaceFile(document)) return;
  throw new UserError({
    code: 'schema',
    message: 'this is a search space',
    place: document.locate(['parameters'], 'key'),
    found: 'parameters and no task',
    expected: 'an experiment, whose key `space` names the file of a space',
  });
}

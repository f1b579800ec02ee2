import { parseYaml } from '../core/yaml-file.js';
import { spaceFrom } from './create-space.js';
import type { Space } from './space.js';

/**
 * The space that a YAML text defines; see docs/search-spaces.md.
 * @param file the name that errors carry
 * @throws UserError `yaml`, `schema` or `space` with file, line and column.
 */
export function parseSpace(text: string, file: string): Space {
  const document = parseYaml(text, file);
  return spaceFrom(document.value, document.locate);
}

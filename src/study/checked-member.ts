import type { Named, Registry } from '../core/registry.js';
import type { Path } from '../core/schema-problem.js';
import { checkWith, type YamlDocument } from '../core/yaml-file.js';
import type { MemberChoice } from './experiment.js';
import { located } from './located.js';
import { filledChoice, memberChoice } from './member-choice.js';

/** A member whose options a schema checks. */
type Checkable = Named & { readonly schema: Parameters<typeof checkWith>[0] };

/**
 * A choice, its name known, its options right and complete.
 * @throws UserError at the place in the file
 */
export function checkedMember(
  document: YamlDocument,
  path: Path,
  value: Parameters<typeof memberChoice>[0],
  registry: Registry<Checkable>,
): MemberChoice {
  const choice = memberChoice(value);
  const member = located(document.locate([...path]), () => registry.get(choice.name));
  const checked: unknown = checkWith(member.schema, choice.options, (inner, target) =>
    document.locate([...path, ...inner], target),
  );
  return filledChoice(choice, checked, member.schema);
}

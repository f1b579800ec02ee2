import { renderValue } from '../core/render-value.js';
import type { Path } from '../core/schema-problem.js';
import type { Choice } from './categorical-entry.js';
import { assigned } from './entry-value.js';
import type { Parameter } from './parameter.js';
import { distinctValues, notImplied, type Requirements } from './requirements.js';
import { failUnknown } from './space-problem.js';
import type { Template, TemplateScope } from './template-scope.js';

const REFERENCE = /^\$([A-Za-z][A-Za-z0-9_-]*)(?:\.([A-Za-z][A-Za-z0-9_-]*))?$/;

/**
 * A text: a reference as `$name` or `$name.part`, else itself.
 * @throws UserError `space` where the reference names nothing, or what may have no value here
 */
export function compileText(text: string, path: Path, facts: Requirements, scope: TemplateScope): Template {
  if (!text.startsWith('$')) return () => text;
  // $$ stands for a text that begins with $.
  if (text.startsWith('$$')) return () => text.slice(1);
  const [, name, part] = REFERENCE.exec(text) ?? [];
  if (name === undefined) {
    return scope.fail(path, 'not a reference', { found: renderValue(text), expected: '$name or $name.part' });
  }
  const parameter = activeParameter(name, path, facts, scope);
  if (part === undefined) {
    scope.use(name, path);
    return (assignment) => parameter.value(assignment);
  }
  const { parts } = parameter;
  if (parts === undefined) {
    return scope.fail(path, 'only a simplex has parts', { found: `the ${parameter.kind} "${name}"` });
  }
  const index = parts.indexOf(part);
  if (index === -1) failUnknown(scope.fail, path, `part of "${name}"`, part, parts);
  scope.use(`${name}.${part}`, path);
  return (assignment) => (assigned(assignment, name) as readonly number[])[index]!;
}

/** The parameter, which must be active wherever the facts hold. */
export function activeParameter(
  name: string,
  path: Path,
  facts: Requirements,
  { parameters, fail }: TemplateScope,
): Parameter {
  const parameter = parameters.get(name);
  if (parameter === undefined) return failUnknown(fail, path, 'parameter', name, [...parameters.keys()]);
  const missing = notImplied(parameter.requirements, facts, (entry) => valuesOf(parameters.get(entry)!));
  if (missing !== undefined) {
    const values = missing.oneOf.map((value) => renderValue(value)).join(' or ');
    fail(path, `"${name}" may have no value here`, {
      found: `a condition on "${missing.entry}"`,
      expected: `a $switch on "${missing.entry}" around it, in a case ${values}`,
    });
  }
  return parameter;
}

/** The values of a parameter that a condition or a switch names. */
export function valuesOf(parameter: Parameter): readonly Choice[] {
  const entry = parameter.entries.find((one) => one.name === parameter.name);
  return (entry === undefined ? undefined : distinctValues(entry)) ?? [];
}

import { renderValue } from '../core/render-value.js';
import type { Path } from '../core/schema-problem.js';
import type { Choice } from './categorical-entry.js';
import { assigned } from './entry-value.js';
import { activeParameter, compileText, valuesOf } from './reference.js';
import { both, type Requirements } from './requirements.js';
import { failUnknown } from './space-problem.js';
import type { TemplateJson } from './space-schema.js';
import { holeIn, readCases } from './switch-cases.js';
import type { Template, TemplateMap, TemplateScope } from './template-scope.js';

/**
 * Turns the candidate of a space file into a function of the assignment, with every reference checked: it must exist,
 * and have a value wherever it is read.
 * @param facts what the enclosing switches say about the entries here
 * @throws UserError `space`
 */
export function compileTemplate(
  json: TemplateJson,
  path: Path,
  facts: Requirements,
  scope: TemplateScope,
): Template {
  if (typeof json === 'string') return compileText(json, path, facts, scope);
  if (typeof json !== 'object' || json === null) return () => json;
  if (Array.isArray(json)) {
    const items = json.map((item, index) => {
      const hole = holeIn(item, [...path, index]);
      if (hole !== undefined) scope.fail(hole, 'a list cannot leave out an item', { found: 'null' });
      return compileTemplate(item, [...path, index], facts, scope);
    });
    return (assignment) => items.map((item) => item(assignment));
  }
  const entries = Object.entries(json);
  if (Object.hasOwn(json, '$switch')) return compileSwitch(json, path, facts, scope);
  const command = entries.find(([key]) => key.startsWith('$'))?.[0];
  if (command !== undefined)
    failUnknown(scope.fail, [...path, command], 'command', command, ['$switch'], 'key');
  const members = entries.map(
    ([key, item]) => [key, compileTemplate(item, [...path, key], facts, scope)] as const,
  );
  return (assignment) =>
    Object.fromEntries(
      members.map(([key, item]) => [key, item(assignment)] as const).filter(([, item]) => item !== null),
    );
}

function compileSwitch(json: TemplateMap, path: Path, facts: Requirements, scope: TemplateScope): Template {
  const { fail } = scope;
  const allowed = ['$switch', 'cases', 'default'];
  for (const key of Object.keys(json)) {
    if (!allowed.includes(key)) failUnknown(fail, [...path, key], 'key of a switch', key, allowed, 'key');
  }
  const target = json['$switch'];
  if (typeof target !== 'string') {
    return fail([...path, '$switch'], 'a switch needs the name of a parameter', {
      found: renderValue(target),
    });
  }
  const name = target.replace(/^\$/, '');
  const parameter = activeParameter(name, [...path, '$switch'], facts, scope);
  const values = valuesOf(parameter);
  if (values.length === 0) {
    fail([...path, '$switch'], 'a switch needs a categorical parameter, or an int with at most 64 values', {
      found: `the ${parameter.kind} "${name}"`,
    });
  }
  scope.use(name, [...path, '$switch']);
  // Inside, the parameter is active, so all that it requires holds.
  const known = both(facts, parameter.requirements);
  const possible = known.get(name) ?? values;
  const cases = readCases(json['cases'], name, values, possible, [...path, 'cases'], fail);
  const compiled = new Map<Choice, Template>();
  for (const [value, body] of cases) {
    const inside = both(known, new Map([[name, [value]]]));
    compiled.set(value, compileTemplate(body, [...path, 'cases', String(value)], inside, scope));
  }
  const rest = possible.filter((value) => !compiled.has(value));
  const fallback = json['default'];
  if (fallback === undefined) {
    if (rest.length > 0) {
      fail([...path, 'cases'], `no case for ${renderValue(rest[0])} of "${name}"`, { target: 'key' });
    }
  } else {
    if (rest.length === 0) fail([...path, 'default'], 'every value has a case already', { target: 'key' });
    const inside = both(known, new Map([[name, rest]]));
    const template = compileTemplate(fallback, [...path, 'default'], inside, scope);
    for (const value of rest) compiled.set(value, template);
  }
  return (assignment) => {
    const value = assigned(assignment, name) as Choice;
    const template = compiled.get(value);
    if (template === undefined) throw new RangeError(`"${name}" cannot be ${renderValue(value)} here`);
    return template(assignment);
  };
}

import { renderValue } from '../core/render-value.js';
import type { Path } from '../core/schema-problem.js';
import type { Choice } from './categorical-entry.js';
import { assigned } from './entry-value.js';
import type { Parameter } from './parameter.js';
import { both, distinctValues, notImplied, type Requirements } from './requirements.js';
import type { Assignment } from './space.js';
import { failUnknown, type Fail } from './space-problem.js';
import type { TemplateJson } from './space-schema.js';

/** Values → JSON. null in a map means that the key is left out. */
export type Template = (assignment: Assignment) => TemplateJson;

export interface TemplateScope {
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Is told of every reference: `gamma`, `mix.dice`. */
  use(reference: string): void;
  readonly fail: Fail;
}

const REFERENCE = /^\$([A-Za-z][A-Za-z0-9_-]*)(?:\.([A-Za-z][A-Za-z0-9_-]*))?$/;

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

/** Where an item may be null: itself, or in a case of the switches that it is. */
function holeIn(item: TemplateJson, path: Path): Path | undefined {
  if (item === null) return path;
  if (typeof item !== 'object' || Array.isArray(item) || !Object.hasOwn(item, '$switch')) return undefined;
  const { cases, default: fallback } = item as TemplateMap;
  const branches = Object.entries((cases ?? {}) as TemplateMap).map(
    ([key, body]) => [body, [...path, 'cases', key]] as const,
  );
  const all = fallback === undefined ? branches : [...branches, [fallback, [...path, 'default']] as const];
  for (const [body, place] of all) {
    const hole = holeIn(body, place);
    if (hole !== undefined) return hole;
  }
  return undefined;
}

function compileText(text: string, path: Path, facts: Requirements, scope: TemplateScope): Template {
  if (!text.startsWith('$')) return () => text;
  // $$ stands for a text that begins with $.
  if (text.startsWith('$$')) return () => text.slice(1);
  const [, name, part] = REFERENCE.exec(text) ?? [];
  if (name === undefined) {
    return scope.fail(path, 'not a reference', { found: renderValue(text), expected: '$name or $name.part' });
  }
  const parameter = find(name, path, facts, scope);
  if (part === undefined) {
    scope.use(name);
    return (assignment) => parameter.value(assignment);
  }
  const { parts } = parameter;
  if (parts === undefined) {
    return scope.fail(path, 'only a simplex has parts', { found: `the ${parameter.kind} "${name}"` });
  }
  const index = parts.indexOf(part);
  if (index === -1) failUnknown(scope.fail, path, `part of "${name}"`, part, parts);
  scope.use(`${name}.${part}`);
  return (assignment) => (assigned(assignment, name) as readonly number[])[index]!;
}

/** The parameter, which must be active wherever the facts hold. */
function find(name: string, path: Path, facts: Requirements, { parameters, fail }: TemplateScope): Parameter {
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
function valuesOf(parameter: Parameter): readonly Choice[] {
  const entry = parameter.entries.find((one) => one.name === parameter.name);
  return (entry === undefined ? undefined : distinctValues(entry)) ?? [];
}

type TemplateMap = Readonly<Record<string, TemplateJson>>;

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
  const parameter = find(name, [...path, '$switch'], facts, scope);
  const values = valuesOf(parameter);
  if (values.length === 0) {
    fail([...path, '$switch'], 'a switch needs a categorical parameter, or an int with at most 64 values', {
      found: `the ${parameter.kind} "${name}"`,
    });
  }
  scope.use(name);
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

function readCases(
  cases: TemplateJson | undefined,
  name: string,
  values: readonly Choice[],
  possible: readonly Choice[],
  path: Path,
  fail: Fail,
): (readonly [Choice, TemplateJson])[] {
  if (typeof cases !== 'object' || cases === null || Array.isArray(cases)) {
    return fail(path, 'a switch needs a map of cases', { target: 'key', found: renderValue(cases) });
  }
  return Object.entries(cases as TemplateMap).map(([key, body]) => {
    const value = values.find((one) => String(one) === key);
    if (value === undefined)
      failUnknown(fail, [...path, key], `value of "${name}"`, key, values.map(String), 'key');
    if (!possible.includes(value)) {
      fail([...path, key], `"${name}" never has this value here`, {
        target: 'key',
        found: renderValue(value),
      });
    }
    return [value, body] as const;
  });
}

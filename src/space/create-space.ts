import type { Candidate } from '../candidate/candidate.js';
import { hashJson } from '../core/json.js';
import { renderPath } from '../core/render-value.js';
import type { Path } from '../core/schema-problem.js';
import { checkWith, type Locate } from '../core/yaml-file.js';
import { resolveConditions } from './conditions.js';
import { assigned, valueIn } from './entry-value.js';
import { isAdjustablePlace } from './adjustable-place.js';
import { createParameter, type Parameter } from './parameter.js';
import { NO_REQUIREMENTS } from './requirements.js';
import type { Assignment, Entry, EntryValue, Space } from './space.js';
import { failAt, type Fail } from './space-problem.js';
import { spaceFileSchema, type SpaceDefinition, type SpaceFile } from './space-schema.js';
import type { Template } from './template-scope.js';
import { compileTemplate } from './template.js';

/** A definition that stands somewhere in a program has paths, but no lines. */
const pathOnly: Locate = (path) => ({ path: renderPath(path) });

/**
 * The space of a definition: of a file, or an object in a user's own module.
 * @param locate finds the place of an entry of the definition, for errors
 * @throws UserError `schema` or `space` with the place.
 */
export function createSpace(definition: SpaceDefinition, locate: Locate = pathOnly): Space {
  return spaceFrom(definition, locate);
}

/** As {@link createSpace}, for a value of which nothing is known yet. */
export function spaceFrom(value: unknown, locate: Locate = pathOnly): Space {
  const file = checkWith(spaceFileSchema, value, locate);
  const fail = failAt(locate);
  const parameters = createParameters(file, fail);
  const { template, adjustable } = compileCandidate(file, parameters, fail);
  const entries = [...parameters.values()].flatMap((parameter) => parameter.entries);
  const dimensions = entries.reduce((sum, entry) => sum + entry.dimensions, 0);
  const byName = new Map(entries.map((entry) => [entry.name, entry]));

  const isActive = (entry: Entry, assignment: Assignment): boolean =>
    entry.conditions.every(({ entry: name, oneOf }) => {
      const decided = valueIn(assignment, name);
      return (
        decided !== undefined &&
        (oneOf as readonly EntryValue[]).includes(decided) &&
        isActive(byName.get(name)!, assignment)
      );
    });

  return {
    name: file.name,
    entries,
    dimensions,
    // The order of the parameters decides which coordinate means what; name and description decide nothing.
    hash: hashJson([Object.entries(file.parameters), file.candidate]),
    adjustable,
    isActive,
    decode: (unit) => {
      if (unit.length !== dimensions) {
        throw new RangeError(`the space "${file.name}" has ${dimensions} coordinates; got ${unit.length}`);
      }
      const assignment: Record<string, EntryValue> = {};
      let offset = 0;
      for (const entry of entries) {
        if (isActive(entry, assignment)) {
          assignment[entry.name] = entry.decode(unit.slice(offset, offset + entry.dimensions));
        }
        offset += entry.dimensions;
      }
      return assignment;
    },
    encode: (assignment) =>
      entries.flatMap((entry) =>
        isActive(entry, assignment)
          ? entry.encode(assigned(assignment, entry.name))
          : Array.from({ length: entry.dimensions }, () => 0.5),
      ),
    build: (assignment) => template(assignment) as unknown as Candidate,
  };
}

function createParameters(file: SpaceFile, fail: Fail): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  const names = Object.keys(file.parameters);
  if (names.length === 0) fail(['parameters'], 'a space needs at least one parameter', { target: 'key' });
  for (const [index, name] of names.entries()) {
    const definition = file.parameters[name]!;
    const path = ['parameters', name];
    const active = resolveConditions(
      definition.when,
      parameters,
      names.slice(index),
      [...path, 'when'],
      fail,
    );
    parameters.set(name, createParameter(name, definition, active, path, fail));
  }
  return parameters;
}

/** Compiles the candidate; every parameter, and every part of a simplex, must be read somewhere. */
function compileCandidate(
  { candidate }: SpaceFile,
  parameters: ReadonlyMap<string, Parameter>,
  fail: Fail,
): { readonly template: Template; readonly adjustable: readonly string[] } {
  const used = new Set<string>();
  const fixed = new Set<string>();
  const use = (reference: string, path: Path): void => {
    used.add(reference);
    if (!isAdjustablePlace(path)) fixed.add(reference.split('.')[0]!);
  };
  const scope = { parameters, fail, use };
  const defined = Object.fromEntries(
    Object.entries(candidate).flatMap(([key, item]) => (item === undefined ? [] : [[key, item] as const])),
  );
  if (typeof candidate.loss !== 'object' || candidate.loss === null || Array.isArray(candidate.loss)) {
    fail(['candidate', 'loss'], 'a loss is a map with a name, or a $switch');
  }
  const template = compileTemplate(defined, ['candidate'], NO_REQUIREMENTS, scope);
  for (const { name, parts = [] } of parameters.values()) {
    if (used.has(name)) continue;
    const path = ['parameters', name];
    const unused = parts.filter((part) => !used.has(`${name}.${part}`));
    if (unused.length === parts.length) {
      fail(path, 'the parameter is never used in the candidate', { target: 'key', expected: `$${name}` });
    }
    if (unused[0] !== undefined) {
      fail([...path, 'parts', parts.indexOf(unused[0])], 'the part is never used in the candidate', {
        expected: `$${name}.${unused[0]}`,
      });
    }
  }
  for (const { entries } of parameters.values()) {
    for (const { conditions } of entries) for (const { entry } of conditions) fixed.add(entry);
  }
  const adjustable = [...parameters.values()].filter(
    ({ kind, name }) => ['float', 'int', 'simplex'].includes(kind) && !fixed.has(name),
  );
  return { template, adjustable: adjustable.map(({ name }) => name) };
}

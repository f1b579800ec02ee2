import { renderValue } from '../core/render-value.js';
import type { Path } from '../core/schema-problem.js';
import type { Choice } from './categorical-entry.js';
import { failUnknown, type Fail } from './space-problem.js';
import type { TemplateJson } from './space-schema.js';
import type { TemplateMap } from './template-scope.js';

/**
 * The cases of a switch on a parameter.
 * @param values all of the parameter
 * @param possible those that it can have where the switch stands
 * @throws UserError `space`
 */
export function readCases(
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

/** Where an item may be null: itself, or in a case of the switches that it is. */
export function holeIn(item: TemplateJson, path: Path): Path | undefined {
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

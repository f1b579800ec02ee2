import type { Path } from '../core/schema-problem.js';
import { renderValue } from '../core/render-value.js';
import type { Parameter } from './parameter.js';
import { closure, distinctValues, type Requirements } from './requirements.js';
import type { Condition } from './space.js';
import { failUnknown, type Fail } from './space-problem.js';
import type { When } from './space-schema.js';

/**
 * The `when` of a parameter as conditions, and all that follows from them.
 * @param earlier the parameters before this one, by name
 * @param later names of this one and those after it
 * @throws UserError `space` for unknown or later parameters, values that cannot occur, and conditions that
 *   contradict each other.
 */
export function resolveConditions(
  when: When | undefined,
  earlier: ReadonlyMap<string, Parameter>,
  later: readonly string[],
  path: Path,
  fail: Fail,
): { readonly conditions: readonly Condition[]; readonly requirements: Requirements } {
  const conditions = Object.entries(when ?? {}).map(([name, value]): Condition => {
    const at = [...path, name];
    const target = earlier.get(name);
    if (target === undefined) {
      if (!later.includes(name)) failUnknown(fail, at, 'parameter', name, [...earlier.keys()], 'key');
      fail(at, 'a condition can only refer to an earlier parameter', {
        target: 'key',
        found: renderValue(name),
      });
    }
    const entry = target.entries.find((one) => one.name === name);
    const known = entry === undefined ? undefined : distinctValues(entry);
    if (known === undefined) {
      return fail(at, 'a condition needs a categorical parameter, or an int with at most 64 values', {
        target: 'key',
        found: `the ${target.kind} "${name}"`,
      });
    }
    const oneOf = Array.isArray(value) ? value : [value];
    if (oneOf.length === 0) fail(at, 'a condition needs at least one value');
    for (const [index, one] of oneOf.entries()) {
      if (known.includes(one)) continue;
      fail(Array.isArray(value) ? [...at, index] : at, `"${name}" never has this value`, {
        found: renderValue(one),
        expected: `one of ${known.map((choice) => renderValue(choice)).join(', ')}`,
      });
    }
    return { entry: name, oneOf };
  });
  const requirements = closure(conditions, (entry) => earlier.get(entry)!.requirements);
  for (const [entry, values] of requirements) {
    if (values.length === 0) {
      fail(path, 'the parameter can never be active: its conditions contradict each other', {
        target: 'key',
        found: `no value of "${entry}" that they all allow`,
      });
    }
  }
  return { conditions, requirements };
}

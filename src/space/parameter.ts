import { renderValue } from '../core/render-value.js';
import type { Path } from '../core/schema-problem.js';
import { categoricalEntry, type Choice } from './categorical-entry.js';
import { checkIntRange, checkRange } from './check-range.js';
import { assigned } from './entry-value.js';
import { expressionEntry } from './expression-entry.js';
import { expressionLanguage } from './expression-language.js';
import { floatEntry } from './float-entry.js';
import { intEntry } from './int-entry.js';
import type { Requirements } from './requirements.js';
import { scheduleParameter } from './schedule-parameter.js';
import { simplexEntry } from './simplex-entry.js';
import type { Assignment, Condition, Entry } from './space.js';
import type { Fail } from './space-problem.js';
import type { ParameterDefinition, TemplateJson } from './space-schema.js';

/** One parameter of a space file: its entries, and how a candidate reads it from their values. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterDefinition['type'];
  readonly entries: readonly Entry[];
  /** What must hold for it to have a value. */
  readonly requirements: Requirements;
  /** Names of the parts of a simplex. */
  readonly parts?: readonly string[];
  /** What `$name` stands for. All its entries that are active must be assigned. */
  value(assignment: Assignment): TemplateJson;
}

/** @throws UserError `space` where nothing can be drawn from the definition. */
export function createParameter(
  name: string,
  definition: ParameterDefinition,
  active: { readonly conditions: readonly Condition[]; readonly requirements: Requirements },
  path: Path,
  fail: Fail,
): Parameter {
  const { conditions, requirements } = active;
  const single = (entry: Entry): Parameter => ({
    name,
    kind: definition.type,
    entries: [entry],
    requirements,
    value: (assignment) => assigned(assignment, name) as TemplateJson,
  });
  switch (definition.type) {
    case 'float':
      checkRange(definition, path, fail);
      return single(floatEntry(name, definition, conditions));
    case 'int':
      checkIntRange(definition, path, fail);
      return single(intEntry(name, definition, conditions));
    case 'categorical':
      checkDistinct(definition.choices, 'choice', [...path, 'choices'], fail);
      return single(categoricalEntry(name, definition.choices, conditions));
    case 'simplex': {
      const { parts } = definition;
      checkDistinct(parts, 'part', [...path, 'parts'], fail);
      if (parts.length < 2) fail([...path, 'parts'], 'a simplex needs at least 2 parts', { found: '1' });
      return { ...single(simplexEntry(name, parts.length, conditions)), parts };
    }
    case 'expression':
      checkDistinct(definition.variables, 'variable', [...path, 'variables'], fail);
      checkDistinct(definition.operators, 'operator', [...path, 'operators'], fail);
      return single(expressionEntry(name, expressionLanguage(definition, path, fail), conditions));
    case 'schedule':
      return {
        name,
        kind: 'schedule',
        requirements,
        ...scheduleParameter(name, definition, conditions, path, fail),
      };
  }
}

/** Choices that read alike (1 and "1") count as equal: a switch could not tell them apart. */
function checkDistinct(choices: readonly Choice[], what: string, path: Path, fail: Fail): void {
  if (choices.length === 0) fail(path, `there must be at least one ${what}`, { found: 'an empty list' });
  const seen = new Set<string>();
  for (const [index, choice] of choices.entries()) {
    if (seen.has(String(choice)))
      fail([...path, index], `the ${what} appears twice`, { found: renderValue(choice) });
    seen.add(String(choice));
  }
}

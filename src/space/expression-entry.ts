import { coordinatesOf, derive } from '../expressions/derivation.js';
import { ExpressionError } from '../expressions/expression-error.js';
import type { Expression } from '../expressions/expression.js';
import { belongsTo, normalForm, type ExpressionLanguage } from '../expressions/language.js';
import { parseExpression } from '../expressions/parse-expression.js';
import { printExpression } from '../expressions/print-expression.js';
import type { GrowthPlan } from '../expressions/productions.js';
import { simplestExpressions } from '../expressions/simplest-expressions.js';
import { renderValue } from '../core/render-value.js';
import type { Condition, Entry, EntryValue } from './space.js';

/** Depths from which random trees are ramped. */
const SHALLOWEST = 2;

/**
 * A formula of a language, as the text of its normal form. The first coordinate says how the tree grows, ramped half
 * and half (Koza 1992): to a depth between 2 and the deepest, full or not. Each of the others says what the next node
 * is, in pre-order, and for a constant also which; those that are left over do not matter, and `encode` says 0.5.
 * The language has at least one expression.
 */
export function expressionEntry(
  name: string,
  language: ExpressionLanguage,
  conditions: readonly Condition[] = [],
): Entry {
  const dimensions = 1 + language.maxSize;
  const plans = growthPlans(language);
  const grids = new Map<number, readonly string[]>();
  return {
    name,
    kind: 'expression',
    dimensions,
    conditions,
    cardinality: Infinity,
    language,
    decode: (unit) => {
      if (unit.length !== dimensions || unit.some((u) => Number.isNaN(u))) {
        throw new RangeError(`"${name}" has ${dimensions} coordinates, numbers; got [${unit.join(', ')}]`);
      }
      const [first, ...coordinates] = unit.map((u) => Math.min(1, Math.max(0, u))) as [number, ...number[]];
      const plan = plans[Math.min(plans.length - 1, Math.floor(first * plans.length))]!;
      let next = 0;
      return printExpression(
        normalForm(
          language,
          derive(language, plan, () => coordinates[next++]!),
        ),
      );
    },
    encode: (value) => {
      const coordinates = coordinatesOf(language, plans.at(-1)!, expressionOf(name, language, value));
      const spare = Array.from({ length: dimensions - 1 - coordinates.length }, () => 0.5);
      return [(plans.length - 0.5) / plans.length, ...coordinates, ...spare];
    },
    grid: (resolution) => {
      const known = grids.get(resolution);
      if (known !== undefined) return known;
      const grid = simplestExpressions(language, resolution).map(printExpression);
      grids.set(resolution, grid);
      return grid;
    },
  };
}

/** The last plan reaches every expression of the language. */
function growthPlans({ variables, maxDepth }: ExpressionLanguage): readonly GrowthPlan[] {
  const needed = Math.ceil(Math.log2(variables.length));
  const shallowest = Math.max(Math.min(SHALLOWEST, maxDepth), needed);
  const depths = Array.from({ length: maxDepth - shallowest + 1 }, (_, index) => shallowest + index);
  return depths.flatMap((limit) => [{ method: 'full', limit } as const, { method: 'grow', limit } as const]);
}

/** @throws RangeError for a value that is no expression of the language */
function expressionOf(name: string, language: ExpressionLanguage, value: EntryValue): Expression {
  if (typeof value !== 'string') throw new RangeError(`"${name}" is a formula; got ${renderValue(value)}`);
  try {
    const expression = parseExpression(value, language.variables);
    if (belongsTo(language, expression)) return expression;
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
  }
  throw new RangeError(`${renderValue(value)} is no formula of "${name}"`);
}

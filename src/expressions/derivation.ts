import { inputsOf, operation, type Expression } from './expression.js';
import type { ExpressionLanguage } from './language.js';
import { operatorOf } from './operators.js';
import {
  cellsAt,
  leafOf,
  produces,
  siteAfter,
  withinCell,
  type Cell,
  type GrowthPlan,
  type Production,
  type Site,
} from './productions.js';

/**
 * Grows a tree in pre-order: each coordinate in [0, 1] says what comes next.
 * @param required variables that must occur; all of the language unless said
 */
export function derive(
  language: ExpressionLanguage,
  plan: GrowthPlan,
  next: () => number,
  required: readonly string[] = language.variables,
): Expression {
  let site: Site | undefined = { depth: 0, open: [], used: 0, missing: new Set(required) };
  const grow = (): Expression => {
    const cells = cellsAt(language, plan, site!);
    const coordinate = next();
    const cell = cellOf(cells, coordinate);
    site = siteAfter(site!, cell.production);
    const { production } = cell;
    if (production.kind !== 'operator') {
      const within = Math.min(1, Math.max(0, (coordinate - cell.start) / cell.width));
      return leafOf(language, production, within);
    }
    const { arity } = operatorOf(production.name);
    return operation(production.name, ...Array.from({ length: arity }, grow));
  };
  return grow();
}

function cellOf(cells: readonly Cell[], coordinate: number): Cell {
  const found = cells.findLast(({ start }) => coordinate >= start) ?? cells[0];
  if (found === undefined) throw new RangeError('the language has no expression that fits');
  return found;
}

/** Coordinates that {@link derive} makes into the tree, one a node. @throws RangeError where there are none */
export function coordinatesOf(
  language: ExpressionLanguage,
  plan: GrowthPlan,
  expression: Expression,
): readonly number[] {
  let site: Site | undefined = { depth: 0, open: [], used: 0, missing: new Set(language.variables) };
  return preorder(expression).map((node) => {
    const cell = cellsAt(language, plan, site!).find(({ production }) => produces(production, node));
    const within = withinCell(language, node);
    if (cell === undefined || within === undefined) {
      throw new RangeError('the expression does not belong to the language');
    }
    site = siteAfter(site!, cell.production satisfies Production);
    return cell.start + within * cell.width;
  });
}

const preorder = (expression: Expression): readonly Expression[] => [
  expression,
  ...inputsOf(expression).flatMap(preorder),
];

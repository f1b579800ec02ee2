import { constant, operation, variable, type Expression } from './expression.js';
import { belongsTo, type ExpressionLanguage } from './language.js';
import { operatorOf } from './operators.js';
import { printExpression } from './print-expression.js';
import { simplifyExpression } from './simplify-expression.js';

/** Trees looked at before the list ends as it is. */
const MOST = 50_000;

/**
 * The first expressions of a language by size: each in its canonical form. The only constant in them is 1 (or, where 1 is outside of the range, its upper end).
 * @param count how many at most
 */
export function simplestExpressions(language: ExpressionLanguage, count: number): readonly Expression[] {
  const found = new Map<string, Expression>();
  const bySize: (readonly Expression[])[] = [[], leavesOf(language)];
  let looked = 0;
  for (let size = 1; size <= language.maxSize && found.size < count && looked < MOST; size++) {
    const trees = bySize[size] ?? treesOf(language, size, bySize);
    // A tree with a part that can be simpler can be simpler itself.
    const simple = trees.filter((tree) => looked++ < MOST && isSimple(tree));
    bySize[size] = simple;
    for (const tree of simple) {
      if (found.size < count && belongsTo(language, tree)) found.set(printExpression(tree), tree);
    }
  }
  return [...found.values()];
}

function leavesOf({ variables, constants }: ExpressionLanguage): readonly Expression[] {
  const leaves = variables.map(variable);
  if (constants === undefined) return leaves;
  const hasOne = constants.low <= 1 && constants.high >= 1;
  return [...leaves, constant(hasOne ? 1 : constants.high)];
}

function treesOf(
  { operators }: ExpressionLanguage,
  size: number,
  bySize: readonly (readonly Expression[])[],
): readonly Expression[] {
  return operators.flatMap((name) => {
    if (operatorOf(name).arity === 1) return (bySize[size - 1] ?? []).map((input) => operation(name, input));
    return Array.from({ length: Math.max(0, size - 2) }, (_, index) => index + 1).flatMap((left) =>
      bySize[left]!.flatMap((a) => bySize[size - 1 - left]!.map((b) => operation(name, a, b))),
    );
  });
}

const isSimple = (tree: Expression): boolean =>
  printExpression(simplifyExpression(tree)) === printExpression(tree);

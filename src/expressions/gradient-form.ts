import { constant, variablesOf, type Expression } from './expression.js';
import { simplifyExpression } from './simplify-expression.js';
import { fromSumForm, sumForm } from './simplify/sum-form.js';
import { variableNamed } from './variables.js';

/**
 * The canonical form of all losses that train alike once gradients are normalised: without what the gradient does not
 * see (constants, terms in which nothing predicted occurs) and without a positive factor common to all that is left.
 */
export function gradientForm(expression: Expression): Expression {
  const { terms } = sumForm(simplifyExpression(expression));
  const seen = terms.filter(({ product }) => isPredicted(product));
  if (seen.length === 0) return constant(0);
  // The first term is taken as it comes: 1, −1 or a product without a coefficient.
  const scale = Math.abs(seen[0]!.coefficient);
  const scaled = seen.map(({ coefficient, product }) => ({ coefficient: coefficient / scale, product }));
  return simplifyExpression(fromSumForm({ constant: 0, terms: scaled }));
}

const isPredicted = (expression: Expression): boolean =>
  [...variablesOf(expression)].some((name) => variableNamed(name)?.predicted ?? true);

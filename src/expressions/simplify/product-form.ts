import { constant, operation, type Expression, type Operation } from '../expression.js';
import { operatorOf } from '../operators.js';
import { printExpression } from '../print-expression.js';
import { byForm } from './order.js';
import { orientedSum } from './sum-form.js';

/** coefficient · factor · factor · … */
export interface ProductForm {
  readonly coefficient: number;
  readonly factors: readonly Expression[];
}

/**
 * Forms by the text of the operation. Sums within products within sums ask for the form of each part twice, and so do
 * its parts: without a memory the time doubles with every level.
 */
const known = new Map<string, ProductForm>();

/** Forms kept: far more than one formula has parts. */
const MOST_KNOWN = 10_000;

/** Takes products, quotients by constants and signs apart. The parts of the expression are simple already. */
export function productForm(expression: Expression): ProductForm {
  if (expression.kind === 'constant') return { coefficient: expression.value, factors: [] };
  if (expression.kind === 'variable') return { coefficient: 1, factors: [expression] };
  const text = printExpression(expression);
  const form = known.get(text) ?? formOf(expression);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, form);
  return form;
}

function formOf(expression: Operation): ProductForm {
  const [a, b] = expression.inputs as readonly [Expression, Expression];
  switch (expression.operator) {
    case 'neg':
      return scaled(productForm(a), -1);
    case 'mul': {
      const [left, right] = [productForm(a), productForm(b)];
      return {
        coefficient: left.coefficient * right.coefficient,
        factors: [...left.factors, ...right.factors],
      };
    }
    case 'div':
      return quotientForm(a, b);
    case 'add':
    case 'sub': {
      const { sign, sum } = orientedSum(expression);
      return { coefficient: sign, factors: [sum] };
    }
    default:
      return { coefficient: 1, factors: [expression] };
  }
}

const scaled = ({ coefficient, factors }: ProductForm, by: number): ProductForm => ({
  coefficient: coefficient * by,
  factors,
});

/** (c·a)/b is c·(a/b). The sign of b stays where it is: at b = 0 the protected quotient knows no sign. */
function quotientForm(above: Expression, below: Expression): ProductForm {
  const form = productForm(above);
  if (below.kind === 'constant') return scaled(form, operatorOf('div').evaluate(1, below.value));
  const { coefficient, factors } = form;
  if (coefficient === 0) return { coefficient: 0, factors: [] };
  const isConstant = factors.length === 0;
  const numerator = isConstant
    ? constant(Math.abs(coefficient))
    : fromProductForm({ coefficient: 1, factors });
  return {
    coefficient: isConstant ? Math.sign(coefficient) : coefficient,
    factors: [operation('div', numerator, below)],
  };
}

/** The product in its one order: the coefficient, then the factors in their order; equal ones as squares. */
export function fromProductForm({ coefficient, factors }: ProductForm): Expression {
  if (coefficient === 0 || factors.length === 0) return constant(coefficient);
  const sorted = paired(factors).sort(byForm);
  const positive = coefficient === 1 || coefficient === -1 ? sorted : [constant(coefficient), ...sorted];
  const product = positive.reduce((left, right) => operation('mul', left, right));
  return coefficient === -1 ? operation('neg', product) : product;
}

function paired(factors: readonly Expression[]): Expression[] {
  const kept: Expression[] = [];
  for (const factor of factors) {
    const text = printExpression(factor);
    const twin = kept.findIndex((other) => printExpression(other) === text);
    if (twin === -1) kept.push(factor);
    else kept.push(operation('square', kept.splice(twin, 1)[0]!));
  }
  return kept;
}

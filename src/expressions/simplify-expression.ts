import { boundsOf } from './evaluate-expression.js';
import { constant, operation, sameExpression, type Expression, type Operation } from './expression.js';
import { magnitude } from './interval.js';
import { LARGEST_EXPONENT, operatorOf, TINY } from './operators.js';
import { byForm } from './simplify/order.js';
import { fromProductForm, productForm } from './simplify/product-form.js';
import { fromSumForm, sumForm } from './simplify/sum-form.js';

/** Rules enable each other only so often; beyond this the tree stays as it is. */
const PASSES = 16;

/**
 * The canonical form: an expression with the same value everywhere (up to rounding), in which constants are folded,
 * like terms and factors collected, sums and products sorted, and what does nothing is gone. Simplifying it again
 * changes nothing. A rule that would not hold where an operator is protected is used only where the bounds of the
 * operand show that it is not.
 */
export function simplifyExpression(expression: Expression): Expression {
  let current = expression;
  for (let pass = 0; pass < PASSES; pass++) {
    const next = once(current);
    if (sameExpression(next, current)) return next;
    current = next;
  }
  return current;
}

function once(expression: Expression): Expression {
  if (expression.kind !== 'operation') return expression;
  const inputs = expression.inputs.map(once);
  return folded(operation(expression.operator, ...inputs) as Operation);
}

function folded(expression: Operation): Expression {
  const values = expression.inputs.map((input) => (input.kind === 'constant' ? input.value : undefined));
  if (values.every((value) => value !== undefined)) {
    const value = operatorOf(expression.operator).evaluate(values[0]!, values[1] ?? NaN);
    if (Number.isFinite(value)) return constant(value);
  }
  switch (expression.operator) {
    case 'add':
    case 'sub':
    case 'neg':
      return fromSumForm(sumForm(expression));
    case 'mul':
    case 'div':
      return fromProductForm(productForm(expression));
    case 'min':
    case 'max':
      return simplerExtreme(expression);
    case 'pow':
      return simplerPower(expression);
    default:
      return simplerFunction(expression);
  }
}

function simplerExtreme({ operator, inputs }: Operation): Expression {
  const [a, b] = [...inputs].sort(byForm) as [Expression, Expression];
  const [ofA, ofB] = [boundsOf(a, 'logits'), boundsOf(b, 'logits')];
  if (sameExpression(a, b) || ofA.low >= ofB.high) return operator === 'max' ? a : b;
  if (ofB.low >= ofA.high) return operator === 'max' ? b : a;
  return operation(operator, a, b);
}

function simplerPower({ inputs }: Operation): Expression {
  const [base, exponent] = inputs as readonly [Expression, Expression];
  const isConstant = (part: Expression, value: number): boolean =>
    part.kind === 'constant' && part.value === value;
  if (isConstant(exponent, 0) || isConstant(base, 1)) return constant(1);
  return operation('pow', withoutSign(base), exponent);
}

function simplerFunction({ operator, inputs }: Operation): Expression {
  const input = inputs[0]!;
  const own = operatorOf(operator);
  if (own.even === true) {
    const bare = withoutSign(input);
    return undone(operation(operator, isOperation(bare, 'abs') ? bare.inputs[0]! : bare) as Operation);
  }
  if (operator === 'tanh') {
    const { coefficient, factors } = productForm(input);
    if (coefficient < 0) {
      return operation('neg', operation('tanh', fromProductForm({ coefficient: -coefficient, factors })));
    }
  }
  return undone(operation(operator, input) as Operation);
}

const isOperation = (expression: Expression, operator: Operation['operator']): expression is Operation =>
  expression.kind === 'operation' && expression.operator === operator;

/** The operand of an even function: x for x and −x. */
function withoutSign(expression: Expression): Expression {
  const { coefficient, factors } = productForm(expression);
  return fromProductForm({ coefficient: Math.abs(coefficient), factors });
}

/** A function of its own inverse, and the magnitude of what is never negative. */
function undone(expression: Operation): Expression {
  const outer = expression.inputs[0]!;
  if (expression.operator === 'abs' && boundsOf(outer, 'logits').low >= 0) return outer;
  if (outer.kind !== 'operation') return expression;
  const inner = outer.inputs[0]!;
  const { low, high } = boundsOf(inner);
  switch (`${expression.operator} ${outer.operator}`) {
    case 'log exp':
      return low >= Math.log(TINY) && high <= LARGEST_EXPONENT ? inner : expression;
    case 'exp log':
      return low >= TINY && high <= Math.exp(LARGEST_EXPONENT) ? inner : expression;
    case 'square sqrt':
      return low >= TINY ? inner : expression;
    case 'sqrt square':
      return magnitude({ low, high }).low >= Math.sqrt(TINY) ? operation('abs', inner) : expression;
    default:
      return expression;
  }
}

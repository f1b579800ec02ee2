import type { Expression, Operation } from './expression.js';
import { operatorOf } from './operators.js';

/** Binding of what needs no parentheses anywhere. */
const ATOM = 5;
/** Binding of a minus sign in front. */
const PREFIX = 3;

/** Only saves the work of writing a tree again: trees are never changed. */
const printed = new WeakMap<Expression, string>();

/**
 * The expression as text, with the parentheses that it needs and no others; `parseExpression` gives the same tree
 * back. Constants have the fewest digits that say which number they are.
 */
export function printExpression(expression: Expression): string {
  const known = printed.get(expression);
  if (known !== undefined) return known;
  const text = write(expression);
  printed.set(expression, text);
  return text;
}

function write(expression: Expression): string {
  switch (expression.kind) {
    case 'constant':
      return String(expression.value);
    case 'variable':
      return expression.name;
    case 'operation': {
      const { operator, inputs } = expression;
      const { infix } = operatorOf(operator);
      if (infix === undefined) return `${operator}(${inputs.map(printExpression).join(', ')})`;
      const { left, right } = sides(expression);
      const [a, b] = inputs;
      if (b === undefined) {
        // −(2) is the negative of the constant 2, −2 a constant.
        const isNumber = a!.kind === 'constant' && a!.value >= 0;
        return isNumber ? `-(${printExpression(a!)})` : `-${within(a!, left)}`;
      }
      const symbol = operator === 'pow' ? infix.symbol : ` ${infix.symbol} `;
      return `${within(a!, left)}${symbol}${within(b, right)}`;
    }
  }
}

const within = (expression: Expression, binding: number): string =>
  bindingOf(expression) >= binding ? printExpression(expression) : `(${printExpression(expression)})`;

/** How strongly a part must bind to stand at the left and at the right without parentheses. */
export function sides({ operator }: Operation): { readonly left: number; readonly right: number } {
  const { binding } = operatorOf(operator).infix!;
  if (operator === 'neg') return { left: binding, right: binding };
  return operator === 'pow' ? { left: ATOM, right: PREFIX } : { left: binding, right: binding + 1 };
}

export function bindingOf(expression: Expression): number {
  if (expression.kind === 'constant') return expression.value < 0 ? PREFIX : ATOM;
  return expression.kind === 'variable' ? ATOM : (operatorOf(expression.operator).infix?.binding ?? ATOM);
}

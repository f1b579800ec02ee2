import { boundsOf } from './evaluate-expression.js';
import type { Expression } from './expression.js';
import { operatorOf, type OperatorName } from './operators.js';
import { bindingOf, sides } from './print-expression.js';

/** Operators of the magnitude of their first operand that are not written so. */
const TAKES_MAGNITUDE: ReadonlySet<OperatorName> = new Set(['log', 'sqrt', 'pow']);

/**
 * The expression as LaTeX, for papers and slides. What a logarithm, a root or a power takes the magnitude of has its bars
 * where it may be negative; the ends at which operators are protected are left out.
 */
export function latexExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'constant':
      return latexNumber(expression.value);
    case 'variable':
      return expression.name;
    case 'operation': {
      const { operator, inputs } = expression;
      const own = operatorOf(operator);
      const [a, b] = inputs;
      const bars = TAKES_MAGNITUDE.has(operator) && boundsOf(a!).low < 0;
      if (bars) return own.latex(latexMagnitude(a!), b === undefined ? '' : latexExpression(b));
      if (operator === 'square') return own.latex(latexBase(a!), '');
      if (operator === 'div' || own.infix === undefined) {
        return own.latex(latexExpression(a!), b === undefined ? '' : latexExpression(b));
      }
      const { left, right } = sides(expression);
      // A power stands above its base, so the exponent needs no parentheses.
      const exponent = operator === 'pow' ? 0 : right;
      return own.latex(latexWithin(a!, left), b === undefined ? '' : latexWithin(b, exponent));
    }
  }
}

const latexMagnitude = (expression: Expression): string => `\\left|${latexExpression(expression)}\\right|`;

function latexWithin(expression: Expression, binding: number): string {
  const text = latexExpression(expression);
  return bindingOf(expression) >= binding ? text : `\\left(${text}\\right)`;
}

/** What a small number behind it is about, without doubt. */
const latexBase = (expression: Expression): string =>
  expression.kind === 'variable' ? expression.name : `\\left(${latexExpression(expression)}\\right)`;

function latexNumber(value: number): string {
  const [digits, exponent] = String(value).split('e');
  return exponent === undefined ? digits! : `${digits!} \\cdot 10^{${Number(exponent)}}`;
}

import { EVERYTHING, type Interval } from './interval.js';
import type { Expression } from './expression.js';
import { operatorOf } from './operators.js';
import { printExpression } from './print-expression.js';
import { KNOWN_BY_LOGIT, variableNamed } from './variables.js';

/**
 * The value in float64, protection included: what the tensors of the loss `symbolic` compute in float32.
 * @param values of the variables by name
 * @throws RangeError for a variable without a value
 */
export function evaluateExpression(expression: Expression, values: Readonly<Record<string, number>>): number {
  switch (expression.kind) {
    case 'constant':
      return expression.value;
    case 'variable': {
      const value = Object.hasOwn(values, expression.name) ? values[expression.name] : undefined;
      if (value === undefined) throw new RangeError(`the variable ${expression.name} has no value`);
      return value;
    }
    case 'operation': {
      const [a, b = NaN] = expression.inputs.map((input) => evaluateExpression(input, values));
      return operatorOf(expression.operator).evaluate(a!, b);
    }
  }
}

/**
 * An interval that holds all values that the expression can take: p and t are in [0, 1], residuals anywhere.
 * @param logs `protected`: every logarithm is at least that of 1e-7. `logits`: those that the loss `symbolic` takes from
 *   the logits have no lower end, so that a bound of the formula's own is none that does nothing
 */
export function boundsOf(expression: Expression, logs: 'protected' | 'logits' = 'protected'): Interval {
  switch (expression.kind) {
    case 'constant':
      return { low: expression.value, high: expression.value };
    case 'variable':
      return variableNamed(expression.name)?.bounds ?? EVERYTHING;
    case 'operation': {
      const { operator, inputs } = expression;
      if (logs === 'logits' && operator === 'log' && KNOWN_BY_LOGIT.includes(printExpression(inputs[0]!)))
        return { low: -Infinity, high: 0 };
      const [a, b = EVERYTHING] = inputs.map((input) => boundsOf(input, logs));
      return operatorOf(operator).bounds(a!, b);
    }
  }
}

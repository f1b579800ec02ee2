import { EVERYTHING, type Interval } from './interval.js';
import type { Expression } from './expression.js';
import { operatorOf } from './operators.js';
import { variableNamed } from './variables.js';

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

/** An interval that holds all values that the expression can take: p and t are in [0, 1], residuals anywhere. */
export function boundsOf(expression: Expression): Interval {
  switch (expression.kind) {
    case 'constant':
      return { low: expression.value, high: expression.value };
    case 'variable':
      return variableNamed(expression.name)?.bounds ?? EVERYTHING;
    case 'operation': {
      const [a, b = EVERYTHING] = expression.inputs.map(boundsOf);
      return operatorOf(expression.operator).bounds(a!, b);
    }
  }
}

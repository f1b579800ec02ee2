import { evaluateExpression } from '../../expressions/evaluate-expression.js';
import { variablesOf, type Expression, type Operation } from '../../expressions/expression.js';
import { LARGEST_EXPONENT } from '../../expressions/operators.js';
import { printExpression } from '../../expressions/print-expression.js';
import { ops, type Tensor, type TensorLike } from '../../tensor/index.js';
import { OPERATOR_TENSORS } from './operator-tensors.js';

/** Where the values of a formula come from. */
export interface SymbolicInputs {
  /** By name; all of one shape, the first one is the predicted one. */
  readonly variables: Readonly<Record<string, () => Tensor>>;
  /**
   * Logarithms that are known better than by taking them, by the text of what they are taken of: log p from the
   * logits, where p itself has lost its digits.
   */
  readonly logs: Readonly<Record<string, () => Tensor>>;
}

/** The value of a formula at every entry of its variables, with the protection of the operators. */
export function expressionTensor(expression: Expression, { variables, logs }: SymbolicInputs): Tensor {
  const known = new Map<string, TensorLike>();
  const once = (key: string, make: () => TensorLike): TensorLike => {
    const value = known.get(key) ?? make();
    known.set(key, value);
    return value;
  };
  const variable = (name: string): Tensor => once(name, variables[name]!) as Tensor;

  const valueOf = (part: Expression): TensorLike =>
    once(printExpression(part), () => {
      if (part.kind === 'constant') return part.value;
      return part.kind === 'variable' ? variable(part.name) : operationOf(part);
    });
  const operationOf = (part: Operation): TensorLike => {
    const [first, second] = part.inputs as readonly [Expression, Expression | undefined];
    const log = logOf(first);
    if (log !== undefined && part.operator === 'log') return log;
    if (log !== undefined && part.operator === 'pow') {
      return ops.exp(ops.minimum(ops.mul(valueOf(second!), log), LARGEST_EXPONENT));
    }
    const values = part.inputs.map(valueOf);
    if (values.every((value) => typeof value === 'number')) return evaluateExpression(part, {});
    return OPERATOR_TENSORS[part.operator](values[0]!, values[1] ?? NaN);
  };
  const logOf = (part: Expression): Tensor | undefined => {
    const text = printExpression(part);
    const make = Object.hasOwn(logs, text) ? logs[text] : undefined;
    return make === undefined ? undefined : (once(`log of ${text}`, make) as Tensor);
  };

  const value = valueOf(expression);
  const predicted = Object.keys(variables)[0]!;
  // Without a prediction in it, a formula gets the shape of one and a gradient, which is 0: the probe says so.
  return variablesOf(expression).has(predicted)
    ? (value as Tensor)
    : ops.add(ops.mul(variable(predicted), 0), value);
}

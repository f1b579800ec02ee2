import type { OperatorName } from './operators.js';

/** A formula as a tree. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'operation'; readonly operator: OperatorName; readonly inputs: readonly Expression[] };

/** An operation of a tree. */
export type Operation = Extract<Expression, { readonly kind: 'operation' }>;

export const constant = (value: number): Expression => ({ kind: 'constant', value: value + 0 });

export const variable = (name: string): Expression => ({ kind: 'variable', name });

export const operation = (operator: OperatorName, ...inputs: readonly Expression[]): Expression => ({
  kind: 'operation',
  operator,
  inputs,
});

/** The parts of an operation; none for a leaf. */
export const inputsOf = (expression: Expression): readonly Expression[] =>
  expression.kind === 'operation' ? expression.inputs : [];

/** Number of nodes. */
export function sizeOf(expression: Expression): number {
  return inputsOf(expression).reduce((size, input) => size + sizeOf(input), 1);
}

/** Operations on the longest way down: 0 for a leaf. */
export function depthOf(expression: Expression): number {
  if (expression.kind !== 'operation') return 0;
  return 1 + Math.max(...expression.inputs.map(depthOf));
}

/** Names of the variables that occur. */
export function variablesOf(expression: Expression): ReadonlySet<string> {
  if (expression.kind === 'variable') return new Set([expression.name]);
  return new Set(inputsOf(expression).flatMap((input) => [...variablesOf(input)]));
}

/** True where both are the same tree. */
export function sameExpression(a: Expression, b: Expression): boolean {
  switch (a.kind) {
    case 'constant':
      return b.kind === 'constant' && a.value === b.value;
    case 'variable':
      return b.kind === 'variable' && a.name === b.name;
    case 'operation':
      return (
        b.kind === 'operation' &&
        a.operator === b.operator &&
        a.inputs.every((input, index) => sameExpression(input, b.inputs[index]!))
      );
  }
}

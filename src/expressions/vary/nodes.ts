import { inputsOf, type Expression } from '../expression.js';

/** A node of a tree: itself, and the way down to it as indices of operands. */
export interface Place {
  readonly node: Expression;
  readonly path: readonly number[];
}

/** All nodes in pre-order. */
export function placesOf(expression: Expression, path: readonly number[] = []): readonly Place[] {
  return [
    { node: expression, path },
    ...inputsOf(expression).flatMap((input, index) => placesOf(input, [...path, index])),
  ];
}

/** The tree with another node at the end of the path. */
export function replaceAt(
  expression: Expression,
  path: readonly number[],
  replacement: Expression,
): Expression {
  const [index, ...rest] = path;
  if (index === undefined || expression.kind !== 'operation') return replacement;
  const inputs = expression.inputs.map((input, position) =>
    position === index ? replaceAt(input, rest, replacement) : input,
  );
  return { ...expression, inputs };
}

import fc from 'fast-check';
import { constant, operation, variable, type Expression } from '../../src/expressions/expression.js';
import { OPERATOR_NAMES, operatorOf } from '../../src/expressions/operators.js';

const leaf: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom('p', 't', 'r').map(variable),
  fc
    .oneof(fc.constantFrom(0, 1, -1, 2, 0.5, -3, 1e-9, 1e21), fc.double({ min: -5, max: 5, noNaN: true }))
    .map(constant),
);

/** Any tree up to a depth, with the numbers that rules look for more often than chance would have them. */
export const anyExpression: fc.Arbitrary<Expression> = fc.letrec<{ tree: Expression }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    ...OPERATOR_NAMES.map((name) =>
      fc
        .array(tie('tree'), { minLength: operatorOf(name).arity, maxLength: operatorOf(name).arity })
        .map((inputs) => operation(name, ...inputs)),
    ),
  ),
})).tree;

/** A few points: inside, at the ends of [0, 1], far residuals. */
export const POINTS: readonly Readonly<Record<'p' | 't' | 'r', number>>[] = [
  { p: 0.3, t: 1, r: -1.7 },
  { p: 0.81, t: 0, r: 0.4 },
  { p: 0.5, t: 0.25, r: 0 },
  { p: 1, t: 1, r: 6 },
  { p: 1e-3, t: 0, r: -0.01 },
];

import type { Stream } from '../../core/random.js';
import { roundConstant } from '../constants.js';
import { derive } from '../derivation.js';
import { sizeOf, type Expression } from '../expression.js';
import { belongsTo, normalForm, type ExpressionLanguage } from '../language.js';
import { operatorOf } from '../operators.js';
import { printExpression } from '../print-expression.js';
import { placesOf, replaceAt, type Place } from './nodes.js';

/** Mutations tried before the expression is given back as it is. */
const ATTEMPTS = 50;

/** Depth of a new subtree: enough for an operation or two. */
const NEW_DEPTH = 2;

/** Standard deviations of a step of a constant, as parts of their range; drawn between them in the logarithm. */
const STEPS = { shortest: 0.01, longest: 0.3 } as const;

type Mutation = (language: ExpressionLanguage, expression: Expression, random: Stream) => Expression;

/** A random node becomes a new random tree. */
const subtree: Mutation = (language, expression, random) => {
  const { node, path } = anyOf(placesOf(expression), random)!;
  const room = language.maxSize - sizeOf(expression) + sizeOf(node);
  const limit = Math.min(NEW_DEPTH, language.maxDepth - path.length);
  const part = { ...language, maxSize: room };
  const grown = derive(part, { method: 'grow', limit }, () => random.uniform(), []);
  return replaceAt(expression, path, grown);
};

/** A random node becomes another of the same number of operands. */
const point: Mutation = (language, expression, random) => {
  const { node, path } = anyOf(placesOf(expression), random)!;
  if (node.kind !== 'operation') {
    const leaf = derive(language, { method: 'grow', limit: 0 }, () => random.uniform(), []);
    return replaceAt(expression, path, leaf);
  }
  const { arity } = operatorOf(node.operator);
  const others = language.operators.filter((name) => operatorOf(name).arity === arity);
  const operator = anyOf(others, random)!;
  return replaceAt(expression, path, { ...node, operator });
};

/** A random constant takes a normal step. */
const nudge: Mutation = (language, expression, random) => {
  const place = anyOf(constantsOf(expression), random);
  if (place?.node.kind !== 'constant' || language.constants === undefined) return expression;
  const { low, high } = language.constants;
  const part = STEPS.shortest * (STEPS.longest / STEPS.shortest) ** random.uniform();
  const value = place.node.value + random.normal() * part * (high - low);
  return replaceAt(expression, place.path, {
    kind: 'constant',
    value: roundConstant(language.constants, value),
  });
};

/** A random operation becomes one of its own parts: the tree shrinks. */
const hoist: Mutation = (_language, expression, random) => {
  const place = anyOf(
    placesOf(expression).filter(({ node }) => node.kind === 'operation'),
    random,
  );
  if (place === undefined) return expression;
  const inside = placesOf(place.node).slice(1);
  return replaceAt(expression, place.path, anyOf(inside, random)!.node);
};

const constantsOf = (expression: Expression): readonly Place[] =>
  placesOf(expression).filter(({ node }) => node.kind === 'constant');

const anyOf = <Item>(items: readonly Item[], random: Stream): Item | undefined =>
  items[random.integer(Math.max(1, items.length))];

/**
 * A small change: a new subtree, another operator or leaf, a step of a constant (where there is one), or a part in the
 * place of the whole, all alike. The normal form of the result, which differs from the expression but where 50
 * mutations in a row lead nowhere.
 */
export function mutateExpression(
  language: ExpressionLanguage,
  expression: Expression,
  random: Stream,
): Expression {
  const before = printExpression(expression);
  const kinds = [subtree, point, hoist, ...(constantsOf(expression).length > 0 ? [nudge] : [])];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const changed = anyOf(kinds, random)!(language, expression, random);
    if (!belongsTo(language, changed)) continue;
    const normal = normalForm(language, changed);
    if (printExpression(normal) !== before) return normal;
  }
  return expression;
}

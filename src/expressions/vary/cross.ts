import type { Stream } from '../../core/random.js';
import type { Expression } from '../expression.js';
import { belongsTo, normalForm, type ExpressionLanguage } from '../language.js';
import { printExpression } from '../print-expression.js';
import { placesOf, replaceAt, type Place } from './nodes.js';

/** Chance that the point of a crossover is an operation and no leaf, where there is one (Koza 1992, section 6.2). */
const INNER = 0.9;
/** Pairs of points tried. */
const ATTEMPTS = 20;

/**
 * Subtree crossover: one node of the first parent is replaced by a node of the second. The normal form of the child,
 * or undefined where no child that belongs to the language and differs from the first parent was found.
 */
export function crossExpressions(
  language: ExpressionLanguage,
  first: Expression,
  second: Expression,
  random: Stream,
): Expression | undefined {
  const [into, from] = [placesOf(first), placesOf(second)];
  const before = printExpression(first);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const child = replaceAt(first, pick(into, random).path, pick(from, random).node);
    if (belongsTo(language, child) && printExpression(child) !== before) return normalForm(language, child);
  }
  return undefined;
}

function pick(places: readonly Place[], random: Stream): Place {
  const inner = places.filter(({ node }) => node.kind === 'operation');
  const among = inner.length > 0 && random.uniform() < INNER ? inner : places;
  return among[random.integer(among.length)]!;
}

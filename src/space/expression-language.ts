import { isInhabited, type ExpressionLanguage } from '../expressions/language.js';
import type { Path } from '../core/schema-problem.js';
import type { Fail } from './space-problem.js';
import type { ExpressionDefinition } from './space-schema.js';

/**
 * The language of a parameter of type `expression`.
 * @throws UserError `space` where no formula fits, or the range of constants is none
 */
export function expressionLanguage(
  { variables, operators, constants, maxDepth, maxSize }: ExpressionDefinition,
  path: Path,
  fail: Fail,
): ExpressionLanguage {
  if (constants !== false && !(constants.low < constants.high)) {
    fail([...path, 'constants', 'high'], 'high is not above low', {
      found: `${constants.high}`,
      expected: `above ${constants.low}, or constants: false`,
    });
  }
  if (constants !== false && !Number.isFinite(constants.high - constants.low)) {
    fail([...path, 'constants'], 'the range is too wide', { found: `${constants.low} to ${constants.high}` });
  }
  const language: ExpressionLanguage = {
    variables,
    operators,
    maxDepth,
    maxSize,
    ...(constants === false ? {} : { constants }),
  };
  if (!isInhabited(language)) {
    fail(path, 'no formula has room for all variables', {
      target: 'key',
      found: `${variables.length} variables, maxDepth ${maxDepth}, maxSize ${maxSize}`,
      expected: 'an operator of two operands, and more depth or size',
    });
  }
  return language;
}

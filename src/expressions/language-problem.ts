import { isConstantOf } from './constants.js';
import { depthOf, inputsOf, sizeOf, variablesOf, type Expression } from './expression.js';
import { ExpressionError } from './expression-error.js';
import type { ExpressionLanguage } from './language.js';
import { operatorOf } from './operators.js';
import { parseExpression } from './parse-expression.js';
import { printExpression } from './print-expression.js';

/** Why a text is no expression of a language. */
export interface LanguageProblem {
  readonly message: string;
  readonly found: string;
  readonly expected: string;
}

/** What is wrong first with a text that should be an expression of the language; undefined for one that is. */
export function languageProblem(language: ExpressionLanguage, text: string): LanguageProblem | undefined {
  const { variables, maxDepth, maxSize } = language;
  let tree: Expression;
  try {
    tree = parseExpression(text, variables);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const { message, found, expected } = error;
    return { message, found, expected };
  }
  const ofPart = partProblem(language, tree);
  if (ofPart !== undefined) return ofPart;
  const [depth, size] = [depthOf(tree), sizeOf(tree)];
  if (depth > maxDepth) {
    return { message: 'the formula is too deep', found: `${depth} levels`, expected: `at most ${maxDepth}` };
  }
  if (size > maxSize) {
    return { message: 'the formula is too large', found: `${size} nodes`, expected: `at most ${maxSize}` };
  }
  const used = variablesOf(tree);
  const unused = variables.find((name) => !used.has(name));
  if (unused === undefined) return undefined;
  const [found, expected] = [printExpression(tree), `each of ${variables.join(', ')}`];
  return { message: `the variable ${unused} does not occur`, found, expected };
}

/** The first node, from the top, that the language does not have. */
function partProblem(language: ExpressionLanguage, tree: Expression): LanguageProblem | undefined {
  const { operators, constants } = language;
  if (tree.kind === 'operation' && !operators.includes(tree.operator)) {
    const symbol = operatorOf(tree.operator).infix?.symbol;
    const found = symbol === undefined ? tree.operator : `${tree.operator} (${symbol})`;
    return { message: 'the operator is not allowed here', found, expected: `one of ${operators.join(', ')}` };
  }
  if (tree.kind === 'constant' && (constants === undefined || !isConstantOf(constants, tree.value))) {
    const expected =
      constants === undefined ? 'no constants' : 'a number of at most 4 digits, between 1e-4 and 1e6 in size';
    return { message: 'the constant is not allowed here', found: String(tree.value), expected };
  }
  for (const input of inputsOf(tree)) {
    const problem = partProblem(language, input);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

import { isConstantOf, roundConstant, type ConstantRange } from './constants.js';
import { depthOf, inputsOf, sizeOf, variablesOf, type Expression } from './expression.js';
import { operatorOf, type OperatorName } from './operators.js';
import { printExpression } from './print-expression.js';
import { simplifyExpression } from './simplify-expression.js';

/** A set of expressions: those made of these parts, within these limits, in which every variable occurs. */
export interface ExpressionLanguage {
  readonly variables: readonly string[];
  readonly operators: readonly OperatorName[];
  /** Absent where no constants may occur. */
  readonly constants?: ConstantRange;
  /** Most operations on a way down, ≥ 1. */
  readonly maxDepth: number;
  /** Most nodes, ≥ 2. */
  readonly maxSize: number;
}

/** True where some operator joins two expressions: without one, only one leaf can occur. */
export const hasBinary = ({ operators }: ExpressionLanguage): boolean =>
  operators.some((name) => operatorOf(name).arity === 2);

/** Whether the language has any expression at all: whether all its variables find room. */
export function isInhabited(language: ExpressionLanguage): boolean {
  const { variables, maxDepth, maxSize } = language;
  const leaves = variables.length;
  if (leaves === 1) return true;
  return hasBinary(language) && leaves <= 2 ** maxDepth && 2 * leaves - 1 <= maxSize;
}

/** True for an expression of the language. */
export function belongsTo(language: ExpressionLanguage, expression: Expression): boolean {
  const { variables, maxDepth, maxSize } = language;
  if (sizeOf(expression) > maxSize || depthOf(expression) > maxDepth) return false;
  const used = variablesOf(expression);
  return variables.every((name) => used.has(name)) && isMadeOf(language, expression);
}

function isMadeOf(language: ExpressionLanguage, expression: Expression): boolean {
  const { variables, operators, constants } = language;
  switch (expression.kind) {
    case 'constant':
      return constants !== undefined && isConstantOf(constants, expression.value);
    case 'variable':
      return variables.includes(expression.name);
    case 'operation':
      return (
        operators.includes(expression.operator) &&
        inputsOf(expression).every((input) => isMadeOf(language, input))
      );
  }
}

/** Rounding may allow a further rule, and a rule may give a constant that is to be rounded. */
const ROUNDS = 8;

/**
 * The one form of an expression of the language: the canonical one with constants of four digits, where that belongs
 * to the language too, else the expression as it is. The normal form of a normal form is itself.
 */
export function normalForm(language: ExpressionLanguage, expression: Expression): Expression {
  let current = expression;
  for (let round = 0; round < ROUNDS; round++) {
    const simple = simplifyExpression(current);
    const rounded = withRoundConstants(simple, language.constants);
    if (printExpression(rounded) === printExpression(simple)) {
      return belongsTo(language, simple) ? simple : expression;
    }
    current = rounded;
  }
  return expression;
}

function withRoundConstants(expression: Expression, range: ConstantRange | undefined): Expression {
  switch (expression.kind) {
    case 'constant':
      return { kind: 'constant', value: roundConstant(range, expression.value) };
    case 'variable':
      return expression;
    case 'operation':
      return { ...expression, inputs: expression.inputs.map((input) => withRoundConstants(input, range)) };
  }
}

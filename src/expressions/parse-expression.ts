import { constant, operation, variable, type Expression } from './expression.js';
import { ExpressionError } from './expression-error.js';
import { OPERATOR_NAMES, operatorOf, type OperatorName } from './operators.js';
import { tokensOf, type Token } from './tokens.js';
import { VARIABLE_NAMES } from './variables.js';

/** Longest text: far beyond any loss. */
const LONGEST = 2000;

/** Parentheses that may be open at a time: far beyond any loss, and few enough for the stack of the parser. */
const DEEPEST = 200;

const FUNCTIONS = OPERATOR_NAMES.filter((name) => operatorOf(name).infix === undefined);

/**
 * The tree of a text such as `-(t * log(p))`: numbers, variables, parentheses, + − * / ^ (to the right, above the minus
 * sign in front) and the functions of {@link OPERATOR_NAMES}.
 * @param variables names that may occur
 * @throws ExpressionError with the column of what is wrong
 */
export function parseExpression(text: string, variables: readonly string[] = VARIABLE_NAMES): Expression {
  if (text.length > LONGEST) {
    const found = `${text.length} characters`;
    throw new ExpressionError('the formula is too long', LONGEST + 1, found, `at most ${LONGEST} characters`);
  }
  const tokens = tokensOf(text);
  let next = 0;
  const peek = (ahead = 0): Token => tokens[Math.min(next + ahead, tokens.length - 1)]!;
  const take = (): Token => {
    const token = peek();
    next++;
    return token;
  };
  const isSymbol = (symbol: string, ahead = 0): boolean =>
    peek(ahead).kind === 'symbol' && peek(ahead).text === symbol;
  const refuse = (message: string, token: Token, expected: string): never => {
    const found = token.kind === 'end' ? 'the end' : `"${token.text}"`;
    throw new ExpressionError(message, token.column, found, expected);
  };
  let open = 0;
  const inside = (): Expression => {
    if (++open > DEEPEST) refuse('too many open parentheses', peek(), `at most ${DEEPEST} within each other`);
    return sum();
  };
  const close = (): void => {
    expectSymbol(')');
    open--;
  };
  const expectSymbol = (symbol: string): void => {
    const token = take();
    if (token.kind !== 'symbol' || token.text !== symbol)
      refuse('something is missing', token, `"${symbol}"`);
  };

  const chain = (operators: readonly OperatorName[], operand: () => Expression): Expression => {
    let left = operand();
    for (;;) {
      const operator = operators.find((name) => isSymbol(operatorOf(name).infix!.symbol));
      if (operator === undefined) return left;
      take();
      left = operation(operator, left, operand());
    }
  };
  const sum = (): Expression => chain(['add', 'sub'], product);
  const product = (): Expression => chain(['mul', 'div'], signed);
  const signed = (): Expression => {
    if (!isSymbol('-')) return power();
    take();
    // −2 is a number, −2^p the negative of a power.
    if (peek().kind === 'number' && !isSymbol('^', 1)) return constant(-Number(take().text));
    return operation('neg', signed());
  };
  const power = (): Expression => {
    const base = primary();
    if (!isSymbol('^')) return base;
    take();
    return operation('pow', base, isSymbol('-') ? signed() : power());
  };
  const primary = (): Expression => {
    const token = take();
    if (token.kind === 'number') return constant(Number(token.text));
    if (token.kind === 'name') return isSymbol('(') ? call(token) : named(token);
    if (token.kind === 'symbol' && token.text === '(') {
      const tree = inside();
      close();
      return tree;
    }
    return refuse('an operand is missing', token, 'a number, a variable, a function or "("');
  };
  const named = (token: Token): Expression => {
    if (variables.includes(token.text)) return variable(token.text);
    if (FUNCTIONS.some((name) => name === token.text)) {
      return refuse('a function needs its operands', peek(), `"(" after ${token.text}`);
    }
    return refuse('unknown variable', token, `one of ${variables.join(', ')}`);
  };
  const call = (token: Token): Expression => {
    const operator = FUNCTIONS.find((name) => name === token.text);
    if (operator === undefined) return refuse('unknown function', token, `one of ${FUNCTIONS.join(', ')}`);
    take();
    const inputs = [inside()];
    while (isSymbol(',')) {
      take();
      inputs.push(sum());
    }
    const { arity } = operatorOf(operator);
    if (inputs.length !== arity) {
      const found = `${inputs.length} operands`;
      throw new ExpressionError(`${operator} takes ${arity}`, token.column, found, `${arity}`);
    }
    close();
    return operation(operator, ...inputs);
  };

  const tree = sum();
  if (peek().kind !== 'end') refuse('the formula goes on after its end', peek(), 'an operator or the end');
  return tree;
}

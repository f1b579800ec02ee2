/** A text that is no expression: where, and what was found and expected there. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
  /** 1-based; one behind the text where it ends too early. */
  readonly column: number;
  readonly found: string;
  readonly expected: string;

  constructor(message: string, column: number, found: string, expected: string) {
    super(`column ${column} of the formula: ${message}`);
    this.column = column;
    this.found = found;
    this.expected = expected;
  }
}

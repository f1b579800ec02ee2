import { ExpressionError } from './expression-error.js';

export interface Token {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  readonly text: string;
  /** 1-based. */
  readonly column: number;
}

const TOKEN = /(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z_][A-Za-z0-9_]*)|([-+*/^(),])/y;
const SPACE = /\s*/y;

/** The words of an expression, `end` last. @throws ExpressionError for a character that means nothing */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let place = 0;
  for (;;) {
    SPACE.lastIndex = place;
    place += SPACE.exec(text)![0].length;
    const column = place + 1;
    if (place === text.length) return [...tokens, { kind: 'end', text: '', column }];
    TOKEN.lastIndex = place;
    const [found, number, name] = TOKEN.exec(text) ?? [];
    if (found === undefined) {
      const wrong = String.fromCodePoint(text.codePointAt(place)!);
      throw new ExpressionError(
        'not part of a formula',
        column,
        JSON.stringify(wrong),
        'a number, name or operator',
      );
    }
    if (number !== undefined && !Number.isFinite(Number(number))) {
      throw new ExpressionError('the number is too large', column, number, 'a finite number');
    }
    tokens.push({
      kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'symbol',
      text: found,
      column,
    });
    place += found.length;
  }
}

import { Lexer } from 'yaml';

/** Columns of indentation that a line may have: bounds how deep block maps and lists can be. */
const WIDEST_INDENT = 128;

/**
 * Offset of the first token at which a YAML text nests suspiciously deep, or undefined. The parser recurses, and a
 * stack that is nearly used up can end the whole process, so this is asked first; it reads tokens only, without
 * recursion. Exact for brackets, a bound for blocks.
 * @param deepest brackets that may be open, and block indicators (`-`, `?`, `:`) that may share a line.
 */
export function tooDeepAt(text: string, deepest: number): number | undefined {
  let offset = 0;
  let brackets = 0;
  let indicators = 0;
  let lineStart = true;
  for (const token of new Lexer().lex(text)) {
    switch (token) {
      case '[':
      case '{':
        brackets++;
        break;
      case ']':
      case '}':
        brackets = Math.max(0, brackets - 1);
        break;
      case '-':
      case '?':
      case ':':
        indicators++;
        break;
      case ',':
        indicators = 0;
        break;
      default:
    }
    const blank = token.trim() === '';
    const wide = lineStart && blank && !token.includes('\n') && token.length > WIDEST_INDENT;
    if (brackets > deepest || indicators > deepest || wide) return offset;
    // The lexer marks documents and scalars with control characters that are not in the text.
    // eslint-disable-next-line no-control-regex -- they are the lexer's marks, not text
    if (!/^[\u0002\u0018\u001f]$/.test(token)) offset += token.length;
    lineStart = token.endsWith('\n');
    if (lineStart) indicators = 0;
  }
  return undefined;
}

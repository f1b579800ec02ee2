import type { Stream } from '../../src/core/random.js';

/** What fuzzers put where a value was, and into the middle of lines. */
const PIECES = [
  '.nan',
  '.inf',
  '-.inf',
  '1e999',
  '123456789012345678901234567890',
  'null',
  '~',
  '',
  'true',
  '"text"',
  '-1',
  '0',
  '[]',
  '{}',
  '[1, [2, [3]]]',
  '{a: {b: 1}}',
  '&x',
  '*x',
  '&x [*x]',
  '<<: {a: 1}',
  '!!binary aGVsbG8=',
  '!!set {a, b}',
  '!foo 1',
  '? [1, 2]',
  '\t',
  '\u0000',
  '\u001b[31m',
  '\ufffd',
  '\u2028',
  '🜁',
  '\ufeff',
  '\r\n',
  '\r',
  '---',
  '...',
  '%YAML 9.9',
  '# comment',
  '|',
  '>',
  "'",
  '"',
  '"\\e[1m\\n\\0"',
  '[',
  '{',
  ']',
  '}',
  ':',
  '- ',
  '__proto__: {a: 1}',
  'constructor: 1',
  'toString: 1',
  '$gamma',
  '$',
  '$$',
  '$switch',
  '['.repeat(3000),
  '{a: '.repeat(300),
  '- '.repeat(500),
  'k'.repeat(20_000),
];

/** A text with one to three random changes, as a careless editor or a broken disk would make them. */
export function mutateText(text: string, random: Stream): string {
  let mutated = text;
  for (let change = random.integer(3); change >= 0; change--) mutated = mutateOnce(mutated, random);
  return mutated;
}

function mutateOnce(text: string, random: Stream): string {
  const lines = text.split('\n');
  const at = random.integer(lines.length);
  const line = lines[at] ?? '';
  const piece = PIECES[random.integer(PIECES.length)]!;
  const splice = (...replacement: string[]): string => lines.toSpliced(at, 1, ...replacement).join('\n');
  switch (random.integer(9)) {
    case 0: // another value for a key
      return splice(line.replace(/:.*$/, `: ${piece}`));
    case 1: // one of the values of a flow map
      return splice(line.replace(/: ?[^,{}]+(?=[,}])/, `: ${piece}`));
    case 2: // noise in the middle of a line
      return splice(insert(line, random.integer(line.length + 1), piece));
    case 3: // a line less
      return splice();
    case 4: // a line twice
      return splice(line, line);
    case 5: // other indentation
      return splice(' '.repeat(random.integer(7)) + line.trimStart());
    case 6: // a key misspelt
      return splice(line.replace(/\w(?=\w*:)/, 'zz'));
    case 7: // cut off
      return text.slice(0, random.integer(text.length + 1));
    default: // Windows line ends
      return text.replaceAll('\n', '\r\n');
  }
}

const insert = (line: string, at: number, piece: string): string =>
  line.slice(0, at) + piece + line.slice(at);

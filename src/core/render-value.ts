/** Longest rendering of a value or a key in a message. */
const LONGEST = 60;

/** Short one-line text of any value for a message: JSON for scalars, the size for lists and maps. */
export function renderValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(printable(value));
  if (typeof value === 'number') return Number.isNaN(value) ? '.nan' : renderNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') {
    const keys = Object.keys(value);
    return keys.length === 0 ? 'an empty map' : `a map with ${printable(keys.join(', '))}`;
  }
  return `a ${typeof value}`;
}

function renderNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? '.inf' : '-.inf';
}

/** The text without control characters, cut to a length that fits in a message. */
export function printable(text: string, longest = LONGEST): string {
  // eslint-disable-next-line no-control-regex -- these are the characters that must not reach a terminal
  const clean = text.slice(0, longest).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '\ufffd');
  return text.length > longest ? `${clean}…` : clean;
}

/** `search.terms.0.weight`; keys that would spoil the line are cleaned. */
export function renderPath(path: readonly (string | number)[]): string {
  return path.map((key) => printable(String(key))).join('.');
}

/** `a, b or c`. */
export function alternatives(items: readonly string[]): string {
  const unique = [...new Set(items)];
  if (unique.length < 2) return unique.join('');
  return `${unique.slice(0, -1).join(', ')} or ${unique.at(-1)!}`;
}

/** Numbers as sentences and tables show them: no locale, a true minus sign, no false digits. */

/** As many significant digits as given, without trailing zeros; exponents only outside 1e-4 … 1e6. */
export function numberText(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'undefined';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const text = size >= 1e6 || size < 1e-4 ? rounded.toExponential() : String(rounded);
  return withMinus(text.replace('e+', 'e'));
}

/** With a fixed number of decimals. */
export function fixedText(value: number, decimals: number): string {
  if (!Number.isFinite(value)) return numberText(value);
  const text = value.toFixed(decimals);
  // −0.00 says nothing that 0.00 does not.
  return Number(text) === 0 ? text.replace('-', '') : withMinus(text);
}

/** The same with a plus sign before a positive number. */
export function signedText(value: number, decimals: number): string {
  const text = fixedText(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** Decimals that show two significant digits of an uncertainty; `fallback` where it is 0 or not finite. */
export function decimalsOf(uncertainty: number, fallback = 4): number {
  if (!(uncertainty > 0) || !Number.isFinite(uncertainty)) return fallback;
  return Math.max(0, Math.min(10, 1 - Math.floor(Math.log10(uncertainty))));
}

/** `p = 0.012`, `p < 0.0001`. */
export function pValueText(value: number): string {
  return value < 1e-4 ? 'p < 0.0001' : `p = ${numberText(value, 2)}`;
}

/** `A`, `A and B`, `A, B and C`. */
export function listText(items: readonly string[]): string {
  if (items.length <= 1) return items.join('');
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]!}`;
}

/** A name inside a sentence: in quotation marks where it holds a comma or a space-separated word `and`. */
export function nameText(name: string): string {
  return /,|\band\b/.test(name) ? `“${name}”` : name;
}

/** `1 seed`, `2 seeds`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function withMinus(text: string): string {
  return text.replace(/^-/, '−').replace('e-', 'e−');
}

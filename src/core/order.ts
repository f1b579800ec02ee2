/** Comparators that do not depend on the locale. */

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Ascending, infinities in their place; NaN counts as the largest value, so that it never ranks as good. */
export function byNumber(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  if (Number.isNaN(b)) return -1;
  // Not a - b: the difference of equal infinities is NaN.
  return a < b ? -1 : a > b ? 1 : 0;
}

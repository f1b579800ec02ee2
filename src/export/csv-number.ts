/** Shortest round-trip text of a number; empty where there is none. */
export function csvNumber(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value);
}

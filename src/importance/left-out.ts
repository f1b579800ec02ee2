import type { Space } from '../space/space.js';
import type { RankedImportance } from './parameter-importance.js';

/** Which entries of a space have no importance and why, in a sentence; undefined where every entry has a row. */
export function leftOut({ entries }: Space, rows: readonly RankedImportance[]): string | undefined {
  const formulas = entries.filter(({ kind }) => kind === 'expression').map(({ name }) => name);
  if (formulas.length > 0) {
    return `Formulas have no importance: they lie on no axis along which it could be measured (left out: ${formulas.join(', ')}).`;
  }
  return rows.length > 0 ? undefined : 'Every entry of the space has one value, so none has an importance.';
}

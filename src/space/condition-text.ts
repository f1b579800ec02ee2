import { renderValue } from '../core/render-value.js';
import type { Condition } from './space.js';

/** When an entry is active, for people: `family = focal or poly-1 and paced = true`; empty where always. */
export function conditionText(conditions: readonly Condition[]): string {
  return conditions
    .map(
      ({ entry, oneOf }) =>
        `${entry} = ${oneOf.map((value) => (typeof value === 'string' ? value : renderValue(value))).join(' or ')}`,
    )
    .join(' and ');
}

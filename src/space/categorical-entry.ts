import { renderValue } from '../core/render-value.js';
import { coordinateOf, evenly } from './entry-value.js';
import type { Condition, Entry } from './space.js';

export type Choice = string | number | boolean;

/** One of some choices, all equally likely; `choices` has at least one and none twice. */
export function categoricalEntry(
  name: string,
  choices: readonly Choice[],
  conditions: readonly Condition[] = [],
): Entry {
  const count = choices.length;
  const decode = (u: number): Choice => choices[Math.min(count - 1, Math.floor(u * count))]!;
  return {
    name,
    kind: 'categorical',
    dimensions: 1,
    conditions,
    cardinality: count,
    choices,
    decode: (unit) => decode(coordinateOf(name, unit)),
    encode: (value) => {
      const index = choices.indexOf(value as Choice);
      if (index === -1) throw new RangeError(`${renderValue(value)} is not a choice of "${name}"`);
      return [(index + 0.5) / count];
    },
    grid: (resolution) => (count <= resolution ? [...choices] : [...new Set(evenly(resolution).map(decode))]),
  };
}

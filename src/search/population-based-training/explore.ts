import type { Stream } from '../../core/random.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Entry, EntryValue, Space } from '../../space/space.js';
import { adjustableEntries } from '../adjustable-entries.js';
import { uniformPoint } from '../points.js';

/**
 * The values with those changed that may change during a training: each drawn from its distribution again with
 * probability `resample`, otherwise multiplied by 1.2 or 0.8 (an integer moves by at least 1, the weights of a
 * simplex each by its own factor), within its range.
 */
export function explore(space: Space, assignment: Assignment, resample: number, random: Stream): Assignment {
  const adjustable = new Set(adjustableEntries(space));
  return Object.fromEntries(
    space.entries.flatMap((entry) => {
      const value = valueIn(assignment, entry.name);
      if (value === undefined) return [];
      return [[entry.name, adjustable.has(entry) ? changed(entry, value, resample, random) : value]];
    }),
  );
}

function changed(entry: Entry, value: EntryValue, resample: number, random: Stream): EntryValue {
  // All draws are made whatever comes of them, so that options shift no stream.
  const drawn = entry.decode(uniformPoint(entry.dimensions, random));
  const redraw = random.uniform() < resample;
  const factor = (): number => (random.uniform() < 0.5 ? 1.2 : 0.8);
  if (typeof value === 'object') {
    const weights = value.map((weight) => weight * factor());
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (redraw) return drawn;
    return entry.decode(entry.encode(weights.map((weight) => weight / sum)));
  }
  const factorOfNumber = factor();
  return redraw ? drawn : scaled(entry, value as number, factorOfNumber);
}

function scaled(entry: Entry, value: number, factor: number): EntryValue {
  const corner = (unit: number): number => entry.decode([unit]) as number;
  const moved = value * factor;
  const wanted =
    entry.kind === 'int' && Math.round(moved) === value
      ? value + Math.sign(factor - 1) * (value < 0 ? -1 : 1)
      : moved;
  const inside = Math.min(corner(1), Math.max(corner(0), entry.kind === 'int' ? Math.round(wanted) : wanted));
  return entry.decode(entry.encode(inside));
}

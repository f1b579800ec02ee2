import type { Stream } from '../../core/random.js';
import { valueIn } from '../../space/entry-value.js';
import type { Assignment, Entry, EntryValue, Space } from '../../space/space.js';
import { isFree, uniformPoint } from '../points.js';
import { crossovers, type CROSSOVERS } from './crossover.js';
import { polynomialStep } from './polynomial-step.js';

export interface Breeding {
  readonly space: Space;
  readonly crossover: (typeof CROSSOVERS)[number];
  /** Probability that parents are crossed at all; else the child is a copy of the first. */
  readonly crossoverProbability: number;
  /** How an entry changes; a categorical one is always drawn again. */
  readonly mutation: 'redraw' | 'polynomial';
  /** Probability that an entry changes. */
  readonly mutationProbability: number;
  /** Number of objectives of the search. */
  readonly objectives: number;
  readonly random: Stream;
}

/** Children of a numeric crossover that are drawn until one lies inside; the last is then moved inside. */
const ATTEMPTS = 100;

/**
 * A child of some parents: crossed, then mutated. Entries that become active thereby are drawn from the space; those
 * whose condition fails drop out.
 */
export function breed(parents: readonly Assignment[], breeding: Breeding): Assignment {
  const { space, random, mutationProbability } = breeding;
  const crossed = random.uniform() < breeding.crossoverProbability;
  const inherited = crossed ? inherit(parents, breeding) : new Map(Object.entries(parents[0]!));
  let child: Assignment = {};
  for (const entry of space.entries) {
    // Drawn for every entry, active or not, so that conditions shift no stream.
    const mutates = random.uniform() < mutationProbability && isFree(entry);
    const spare = uniformPoint(entry.dimensions, random);
    if (!space.isActive(entry, child)) continue;
    const kept = inherited.get(entry.name);
    const value =
      kept === undefined ? entry.decode(spare) : mutates ? mutated(entry, kept, spare, breeding) : kept;
    child = { ...child, [entry.name]: value };
  }
  return child;
}

function mutated(
  entry: Entry,
  value: EntryValue,
  spare: readonly number[],
  { mutation }: Breeding,
): EntryValue {
  if (mutation === 'redraw' || entry.kind === 'categorical') return entry.decode(spare);
  return entry.decode(
    entry.encode(value).map((coordinate, index) => polynomialStep(coordinate, spare[index]!)),
  );
}

/** The values that a child takes from its parents, by entry; none for an entry that no parent has. */
function inherit(parents: readonly Assignment[], breeding: Breeding): ReadonlyMap<string, EntryValue> {
  const { space, crossover, random } = breeding;
  const inherited = new Map<string, EntryValue>();
  const numeric: Entry[] = [];
  for (const entry of space.entries) {
    const values = parents
      .map((parent) => valueIn(parent, entry.name))
      .filter((value) => value !== undefined);
    if (values.length === 0) continue;
    const crossable = crossover !== 'uniform' && entry.kind !== 'categorical' && isFree(entry);
    if (crossable && values.length === parents.length) numeric.push(entry);
    // Whole values and not coordinates: what is inherited stays the same to the last bit.
    else inherited.set(entry.name, values[random.integer(values.length)]!);
  }
  if (numeric.length === 0) return inherited;
  const points = parents.map((parent) =>
    numeric.flatMap((entry) => [...entry.encode(valueIn(parent, entry.name)!)]),
  );
  const child = insideChild(points, breeding);
  let start = 0;
  for (const entry of numeric) {
    inherited.set(entry.name, entry.decode(child.slice(start, start + entry.dimensions)));
    start += entry.dimensions;
  }
  return inherited;
}

/** Draws until the child lies in the unit cube. */
function insideChild(
  points: readonly (readonly number[])[],
  { crossover, objectives, random }: Breeding,
): number[] {
  const draws = {
    uniform: () => random.uniform(),
    normal: (deviation: number) => deviation * random.normal(),
  };
  let child: number[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    child = crossovers[crossover].child(points, draws, objectives);
    if (child.every((value) => value >= 0 && value <= 1)) return child;
  }
  return child.map((value) => Math.min(1, Math.max(0, value)));
}

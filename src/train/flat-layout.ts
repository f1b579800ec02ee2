import type { HostParameters, HostTensor } from '../models/model.js';
import { slotName } from './optimizer-state.js';
import { isLearned } from './parameter-names.js';

/**
 * All parameters in one or two long vectors, so that the optimizer runs once and not once per layer: it is
 * elementwise, so the numbers are the same to the bit, and a step takes half as many operations.
 */
export type FlatLayout = readonly FlatGroup[];

/** One vector: that of the model, or that of the loss where it has learned parameters. */
export interface FlatGroup {
  readonly name: string;
  readonly pieces: readonly FlatPiece[];
}

/** Where a parameter lies in the vector of its group. */
export interface FlatPiece {
  readonly name: string;
  readonly shape: readonly number[];
  readonly size: number;
  readonly offset: number;
}

/** The layout of parameters by their names and shapes. */
export function flatLayout(parameters: HostParameters): FlatLayout {
  const names = Object.keys(parameters);
  const groups = [
    { name: 'model', members: names.filter((name) => !isLearned(name)) },
    // A name that weight decay leaves alone (see isLearned).
    { name: 'loss/learned', members: names.filter(isLearned) },
  ];
  return groups
    .filter(({ members }) => members.length > 0)
    .map(({ name, members }) => {
      let offset = 0;
      const pieces = members.map((member): FlatPiece => {
        const { shape, values } = parameters[member]!;
        const piece = { name: member, shape, size: values.length, offset };
        offset += values.length;
        return piece;
      });
      return { name, pieces };
    });
}

/** Host parameters → one vector per group, by the name of the group. */
export function flatten(layout: FlatLayout, parameters: HostParameters): HostParameters {
  const entries = layout.map(({ name, pieces }): [string, HostTensor] => {
    const values = new Float32Array(pieces.reduce((sum, { size }) => sum + size, 0));
    for (const piece of pieces) values.set(parameters[piece.name]!.values, piece.offset);
    return [name, { shape: [values.length], values }];
  });
  return Object.fromEntries(entries);
}

/** The inverse of {@link flatten}. */
export function unflatten(layout: FlatLayout, vectors: HostParameters): HostParameters {
  const entries = layout.flatMap((group) =>
    group.pieces.map(({ name, shape, offset, size }): [string, HostTensor] => [
      name,
      { shape, values: vectors[group.name]!.values.slice(offset, offset + size) },
    ]),
  );
  return Object.fromEntries(entries);
}

/** The state of an optimizer with these slots, by parameter → the same by group. */
export function flattenSlots(
  layout: FlatLayout,
  slots: readonly string[],
  state: HostParameters,
): HostParameters {
  const parameters = layout.flatMap(({ pieces }) => pieces.map(({ name }) => name));
  return mapSlots(slots, state, parameters, (named) => flatten(layout, named));
}

/** The inverse of {@link flattenSlots}. */
export function unflattenSlots(
  layout: FlatLayout,
  slots: readonly string[],
  state: HostParameters,
): HostParameters {
  const groups = layout.map(({ name }) => name);
  return mapSlots(slots, state, groups, (vectors) => unflatten(layout, vectors));
}

/** Hands each slot, as a record by `names`, to `change`, and names the result as a state again. */
function mapSlots(
  slots: readonly string[],
  state: HostParameters,
  names: readonly string[],
  change: (slot: HostParameters) => HostParameters,
): HostParameters {
  const entries = slots.flatMap((slot) => {
    const one = Object.fromEntries(names.map((name) => [name, state[slotName(slot, name)]!]));
    return Object.entries(change(one)).map(([name, value]) => [slotName(slot, name), value] as const);
  });
  return Object.fromEntries(entries);
}

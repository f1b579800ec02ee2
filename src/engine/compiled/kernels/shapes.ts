import type { TracedType } from '../../../tensor/index.js';
import { POPULATION, isBatched, type Value } from '../graph/graph.js';
import type { AddNode } from './kernel.js';

/** The shape that operands of these shapes have after broadcasting. @throws Error where they do not fit. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): readonly number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const extents = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((e) => e !== 1);
    if (new Set(extents).size > 1) {
      throw new Error(
        `shapes do not broadcast: ${shapes.map((shape) => `[${shape.join(', ')}]`).join(', ')}`,
      );
    }
    return extents[0] ?? 1;
  });
}

/** Values of one member in a shape. */
export const memberSize = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => (extent === POPULATION ? product : product * extent), 1);

/** Rank without the population axis. */
export const memberRank = (value: Value): number => value.shape.length - (isBatched(value) ? 1 : 0);

/**
 * Operands ready to broadcast: a batched one of lower rank than the others gets axes of extent 1 after the population
 * axis, so that members meet members.
 */
export function alignRanks(inputs: readonly Value[], add: AddNode): readonly Value[] {
  const rank = Math.max(...inputs.map(memberRank));
  return inputs.map((value) => {
    const missing = rank - memberRank(value);
    if (!isBatched(value) || missing === 0) return value;
    const shape = [POPULATION, ...Array.from({ length: missing }, () => 1), ...value.shape.slice(1)];
    return add('Reshape', [value], { shape })[0]!;
  });
}

/** The value with the population axis: repeated for every member of `like` where it has none. */
export const populate = (value: Value, like: Value, add: AddNode): Value =>
  isBatched(value) ? value : add('Populate', [value, like])[0]!;

/** @throws Error where a value is of another type: a cast to it belongs before the kernel */
export function floats({ dtype }: { readonly dtype: TracedType }): 'float32' {
  if (dtype !== 'float32') throw new Error(`its operand is of type ${dtype} and not float32`);
  return dtype;
}

import { isBatched } from '../graph/graph.js';
import type { Kernel } from './kernel.js';
import { alignRanks, broadcastShapes, memberSize } from './shapes.js';

const swapped = (shape: readonly number[], swap: boolean): readonly [number, number] => {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return swap ? [columns, rows] : [rows, columns];
};

/** Matrix product of the last two axes; leading axes, the population's among them, are a batch. */
export const matrixProduct: Kernel = {
  name: 'BatchMatMul',
  inputs: ['a', 'b'],
  attributes: ({ transposeA, transposeB }) => ({
    transposeA: transposeA === true,
    transposeB: transposeB === true,
  }),
  shape: ([a, b], { transposeA, transposeB }) => {
    const [rows, inner] = swapped(a!.shape, transposeA === true);
    const [same, columns] = swapped(b!.shape, transposeB === true);
    if (inner !== same) throw new Error(`matrices do not fit: ${inner} columns and ${same} rows`);
    const batch = broadcastShapes([a!.shape.slice(0, -2), b!.shape.slice(0, -2)]);
    return [{ shape: [...batch, rows, columns], dtype: 'float32' }];
  },
  batch: (inputs, given, add) => add('BatchMatMul', alignRanks(inputs, add), given),
  lower: ([a, b], { attributes, inputs }, emit) => {
    const { transposeA, transposeB } = attributes;
    // FusedMatMul wants operands of one rank.
    const fits = inputs[0]!.shape.length === inputs[1]!.shape.length;
    if (!transposeA && !transposeB) return [emit.op('MatMul', [a!, b!])];
    if (fits) {
      const flags = { transA: { int: transposeA ? 1 : 0 }, transB: { int: transposeB ? 1 : 0 } };
      return [emit.op('com.microsoft:FusedMatMul', [a!, b!], flags)];
    }
    const turned = (name: string, turn: unknown, rank: number): string =>
      turn === true ? emit.op('Transpose', [name], { perm: { ints: lastTwoSwapped(rank) } }) : name;
    return [
      emit.op('MatMul', [
        turned(a!, transposeA, inputs[0]!.shape.length),
        turned(b!, transposeB, inputs[1]!.shape.length),
      ]),
    ];
  },
  flops: ({ inputs, outputs, attributes }) => {
    const [, inner] = swapped(inputs[0]!.shape, attributes['transposeA'] === true);
    const members = isBatched(outputs[0]!) ? outputs[0]!.shape.slice(1) : outputs[0]!.shape;
    return 2 * inner * memberSize(members);
  },
};

function lastTwoSwapped(rank: number): readonly number[] {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return [...axes.slice(0, -2), rank - 1, rank - 2];
}

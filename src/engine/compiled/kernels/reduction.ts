import { isBatched, POPULATION, type Attributes, type Node, type Value } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import type { AddNode, BlockedResult, ChannelBlocks, Kernel, OutputType } from './kernel.js';
import { memberSize } from './shapes.js';

/** Axes as TensorFlow.js gives them (a number, a list, nothing) → a sorted list that counts from 0. */
export function axesOf(given: unknown, rank: number): readonly number[] {
  const listed =
    given === undefined || given === null
      ? Array.from({ length: rank }, (_, axis) => axis)
      : typeof given === 'number'
        ? [given]
        : [...(given as readonly number[])];
  return listed.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
}

const axes = (node: Node): readonly number[] => node.attributes['axes'] as readonly number[];

const shapeWithout = (x: OutputType, reduced: readonly number[], keep: boolean): readonly number[] =>
  x.shape.flatMap((extent, axis) => (reduced.includes(axis) ? (keep ? [1] : []) : [extent]));

type Lower = (x: string, node: Node, emit: Emitter) => string;

/** Reduces over `axes`; `axis` is the name of that attribute in TensorFlow.js. */
const reduction = (name: string, axis: string, lower: Lower, dtype?: 'bool'): Kernel => ({
  name,
  inputs: ['x'],
  attributes: (given, [x]) => ({
    axes: axesOf(given[axis], x!.shape.length),
    keepDims: given['keepDims'] === true,
  }),
  shape: ([x], { axes: reduced, keepDims }) => [
    { shape: shapeWithout(x!, reduced as readonly number[], keepDims === true), dtype: dtype ?? x!.dtype },
  ],
  batch: (inputs, given, add) =>
    add(name, inputs, { ...given, axes: (given['axes'] as readonly number[]).map((one) => one + 1) }),
  block: ([x], given, blocks, add) => reduceBlocks(name, x!, given, blocks, add),
  lower: ([x], node, emit) => [lower(x!, node, emit)],
  flops: (node) => memberSize(node.inputs[0]!.shape),
});

/** Height and width first, then samples or all that is left: reductions over adjacent axes are the fast ones. */
function reduceBlocks(
  name: string,
  x: Value,
  given: Attributes,
  blocks: ChannelBlocks,
  add: AddNode,
): BlockedResult | undefined {
  const reduced = given['axes'] as readonly number[];
  if (!blocks.has(x) || !reduced.includes(1) || !reduced.includes(2)) return undefined;
  if (reduced.includes(3) && !reduced.includes(0)) return undefined;
  const reduce = (value: Value, over: readonly number[]): Value =>
    add(name, [value], { axes: over, keepDims: false })[0]!;
  const places = reduce(blocks.of(x), [2, 3]);
  const rest = reduced.includes(3) ? [0, 1, 2] : reduced.includes(0) ? [0] : [];
  const values = rest.length === 0 ? places : reduce(places, rest);
  const shape = shapeWithout(x, reduced, given['keepDims'] === true);
  return { plain: add('Reshape', [values], { shape })[0]! };
}

const direct =
  (operator: string): Lower =>
  (x, node, emit) =>
    emit.op(operator, [x, emit.ints(axes(node))], { keepdims: { int: node.attributes['keepDims'] ? 1 : 0 } });

/** In another shape; nothing where it is the same. */
const reshaped = (x: string, from: readonly number[], to: readonly number[], emit: Emitter): string =>
  from.length === to.length && from.every((extent, axis) => extent === to[axis])
    ? x
    : emit.op('Reshape', [x, emit.ints(to)]);

/**
 * A sum as a product with ones wherever the summed axes are adjacent: the runtime's own reduction adds in another
 * order for one member than for several, and a member's numbers must not depend on its company.
 */
const sum: Lower = (x, node, emit) => {
  const { shape, dtype } = node.inputs[0]!;
  const reduced = axes(node);
  const first = reduced[0];
  const last = reduced.at(-1);
  if (first === undefined || last === undefined) return emit.op('Identity', [x]);
  const adjacent = last - first + 1 === reduced.length;
  if (dtype !== 'float32' || !adjacent) return direct('ReduceSum')(x, node, emit);
  const before = isBatched(node.inputs[0]!) ? shape.slice(1, first) : shape.slice(0, first);
  const rows = memberSize(before);
  const summed = memberSize(shape.slice(first, last + 1));
  const columns = memberSize(shape.slice(last + 1));
  const batched = isBatched(node.inputs[0]!) ? [POPULATION] : [];
  const target = node.outputs[0]!.shape;
  if (columns === 1) {
    const flat = reshaped(x, shape, [...batched, rows, summed], emit);
    const sums = emit.op('MatMul', [flat, emit.filled(1, [summed])]);
    return reshaped(sums, [...batched, rows], target, emit);
  }
  const groups = rows === 1 ? batched : [...batched, rows];
  const flat = reshaped(x, shape, [...groups, summed, columns], emit);
  const sums = emit.op('MatMul', [emit.filled(1, [summed]), flat]);
  return reshaped(sums, [...groups, columns], target, emit);
};

/** Divides the sum by the number of values in it. */
const mean: Lower = (x, node, emit) => {
  const { shape } = node.inputs[0]!;
  const count = axes(node).reduce((product, axis) => product * shape[axis]!, 1);
  return emit.op('Mul', [sum(x, node, emit), emit.float(1 / count)]);
};

/** Truth values are reduced as numbers. */
const logical =
  (operator: 'ReduceMax' | 'ReduceMin'): Lower =>
  (x, node, emit) =>
    emit.op('Cast', [direct(operator)(emit.op('Cast', [x], { to: { int: 6 } }), node, emit)], {
      to: { int: 9 },
    });

/** Reductions over axes. */
export const reductionKernels: readonly Kernel[] = [
  reduction('Sum', 'axis', sum),
  reduction('Mean', 'axis', mean),
  reduction('Max', 'reductionIndices', direct('ReduceMax')),
  reduction('Min', 'axis', direct('ReduceMin')),
  reduction('Prod', 'axis', direct('ReduceProd')),
  reduction('All', 'axis', logical('ReduceMin'), 'bool'),
  reduction('Any', 'axis', logical('ReduceMax'), 'bool'),
];

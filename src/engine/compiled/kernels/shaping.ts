import { POPULATION, isBatched, type Attributes } from '../graph/graph.js';
import type { Kernel, OutputType } from './kernel.js';
import { memberSize, populate } from './shapes.js';

const ints = (attributes: Attributes, key: string): readonly number[] => attributes[key] as readonly number[];

const along = (axis: unknown, rank: number): number =>
  (axis as number) < 0 ? (axis as number) + rank : (axis as number);

/** The shape with its −1 computed. */
function completed(shape: readonly number[], size: number): readonly number[] {
  const known = shape.reduce((product, extent) => (extent < 0 ? product : product * extent), 1);
  return shape.map((extent) => (extent < 0 ? size / known : extent));
}

/** [n, h, w, c] along the axes of an image in blocks; `within` is what stands on the axis of a block. */
const alongBlocks = <Item>(
  [n, h, w, c]: readonly Item[],
  group: (item: Item) => Item,
  within: Item,
): Item[] => [n!, group(c!), h!, w!, within];

/** A kernel that moves values and computes nothing. */
const shaping = (kernel: Kernel): Kernel => ({ flops: () => 0, ...kernel });

const reshape = shaping({
  name: 'Reshape',
  inputs: ['x'],
  attributes: ({ shape }, [x]) => ({ shape: completed(shape as number[], memberSize(x!.shape)) }),
  shape: ([x], attributes) => [{ shape: ints(attributes, 'shape'), dtype: x!.dtype }],
  batch: (inputs, given, add) => add('Reshape', inputs, { shape: [POPULATION, ...ints(given, 'shape')] }),
  lower: ([x], { attributes }, emit) => [emit.op('Reshape', [x!, emit.ints(ints(attributes, 'shape'))])],
});

/** Becomes a Reshape at once. */
const expandDims = shaping({
  name: 'ExpandDims',
  inputs: ['input'],
  attributes: ({ dim }, [x]) => {
    const shape = [...x!.shape];
    shape.splice(along(dim, shape.length + 1), 0, 1);
    return { shape };
  },
  shape: reshape.shape,
  batch: (inputs, given, add) => reshape.batch!(inputs, given, add),
  lower: reshape.lower,
});

const transpose = shaping({
  name: 'Transpose',
  inputs: ['x'],
  attributes: ({ perm }) => ({ perm }),
  shape: ([x], attributes) => [
    { shape: ints(attributes, 'perm').map((axis) => x!.shape[axis]!), dtype: x!.dtype },
  ],
  batch: (inputs, given, add) =>
    add('Transpose', inputs, { perm: [0, ...ints(given, 'perm').map((axis) => axis + 1)] }),
  lower: ([x], { attributes }, emit) => [
    emit.op('Transpose', [x!], { perm: { ints: ints(attributes, 'perm') } }),
  ],
});

const concat = shaping({
  name: 'Concat',
  inputs: 'list',
  attributes: ({ axis }, [x]) => ({ axis: along(axis, x!.shape.length) }),
  shape: (parts, { axis }) => {
    const { shape, dtype } = parts[0]!;
    const extent = parts.reduce((total, part) => total + part.shape[axis as number]!, 0);
    return [{ shape: shape.map((one, index) => (index === axis ? extent : one)), dtype }];
  },
  batch: (parts, given, add) => {
    const like = parts.find(isBatched)!;
    const populated = parts.map((part) => populate(part, like, add));
    return add('Concat', populated, { axis: (given['axis'] as number) + 1 });
  },
  block: (parts, { axis }, blocks, add) => {
    const whole = parts.every(({ shape }) => shape.length === 4 && shape[3]! % blocks.size === 0);
    if (!whole || !parts.some((part) => blocks.has(part))) return undefined;
    return { blocked: add('Concat', parts.map(blocks.of), { axis: [0, 2, 3, 1][axis as number] })[0]! };
  },
  lower: (parts, { attributes }, emit) => [
    emit.op('Concat', parts, { axis: { int: attributes['axis'] as number } }),
  ],
});

const slice = shaping({
  name: 'Slice',
  inputs: ['x'],
  attributes: ({ begin, size }, [x]) => {
    const { shape } = x!;
    const from = typeof begin === 'number' ? [begin] : (begin as readonly number[]);
    const extents = typeof size === 'number' ? [size] : (size as readonly number[]);
    const starts = shape.map((_, axis) => from[axis] ?? 0);
    return {
      begin: starts,
      size: shape.map((extent, axis) => {
        const wanted = extents[axis] ?? -1;
        return wanted < 0 ? extent - starts[axis]! : wanted;
      }),
    };
  },
  shape: ([x], attributes) => [{ shape: ints(attributes, 'size'), dtype: x!.dtype }],
  batch: (inputs, given, add) =>
    add('Slice', inputs, {
      begin: [0, ...ints(given, 'begin')],
      size: [POPULATION, ...ints(given, 'size')],
    }),
  block: ([x], given, blocks, add) => {
    const [begin, size] = [ints(given, 'begin'), ints(given, 'size')];
    if (!blocks.has(x!) || begin[3]! % blocks.size !== 0 || size[3]! % blocks.size !== 0) return undefined;
    const group = (channels: number): number => channels / blocks.size;
    return {
      blocked: add('Slice', [blocks.of(x!)], {
        begin: alongBlocks(begin, group, 0),
        size: alongBlocks(size, group, blocks.size),
      })[0]!,
    };
  },
  lower: ([x], { attributes, inputs }, emit) => {
    const begin = ints(attributes, 'begin');
    const size = ints(attributes, 'size');
    const cut = begin.map((_, axis) => axis).filter((axis) => size[axis] !== inputs[0]!.shape[axis]);
    if (cut.length === 0) return [emit.op('Identity', [x!])];
    const starts = cut.map((axis) => begin[axis]!);
    const ends = cut.map((axis) => begin[axis]! + size[axis]!);
    return [emit.op('Slice', [x!, emit.ints(starts), emit.ints(ends), emit.ints(cut)])];
  },
});

const pad = shaping({
  name: 'PadV2',
  inputs: ['x'],
  attributes: ({ paddings, constantValue }) => ({ paddings, constantValue: constantValue ?? 0 }),
  shape: ([x], { paddings }) => {
    const margins = paddings as readonly (readonly [number, number])[];
    return [
      {
        shape: x!.shape.map((extent, axis) => extent + margins[axis]![0] + margins[axis]![1]),
        dtype: x!.dtype,
      },
    ];
  },
  batch: ([x], given, add) => {
    const paddings = [[0, 0], ...(given['paddings'] as readonly (readonly [number, number])[])];
    return add('PadV2', [x!], { ...given, paddings });
  },
  block: ([x], given, blocks, add) => {
    const margins = given['paddings'] as readonly (readonly [number, number])[];
    if (!blocks.has(x!) || margins[3]!.some((channels) => channels % blocks.size !== 0)) return undefined;
    const group = ([before, after]: readonly [number, number]) =>
      [before / blocks.size, after / blocks.size] as const;
    const paddings = alongBlocks(margins, group, [0, 0]);
    return { blocked: add('PadV2', [blocks.of(x!)], { ...given, paddings })[0]! };
  },
  lower: ([x], { attributes }, emit) => {
    const margins = attributes['paddings'] as readonly (readonly [number, number])[];
    const pads = [...margins.map(([before]) => before), ...margins.map(([, after]) => after)];
    return [emit.op('Pad', [x!, emit.ints(pads), emit.float(attributes['constantValue'] as number)])];
  },
});

const tile = shaping({
  name: 'Tile',
  inputs: ['x'],
  attributes: ({ reps }) => ({ reps }),
  shape: ([x], attributes) => [
    { shape: x!.shape.map((extent, axis) => extent * ints(attributes, 'reps')[axis]!), dtype: x!.dtype },
  ],
  batch: (inputs, given, add) => add('Tile', inputs, { reps: [1, ...ints(given, 'reps')] }),
  lower: ([x], { attributes }, emit) => [emit.op('Tile', [x!, emit.ints(ints(attributes, 'reps'))])],
});

/** Ours: a value that is the same for all members, once for each member of `like`. */
const populated: Kernel = shaping({
  name: 'Populate',
  internal: true,
  inputs: ['x', 'like'],
  attributes: () => ({}),
  shape: ([x]) => [{ shape: [POPULATION, ...x!.shape], dtype: x!.dtype }],
  lower: ([x, like], { inputs }, emit) => {
    const members = emit.op('Shape', [like!], { start: { int: 0 }, end: { int: 1 } });
    const rest = emit.ints(inputs[0]!.shape);
    const shape =
      inputs[0]!.shape.length === 0 ? members : emit.op('Concat', [members, rest], { axis: { int: 0 } });
    return [emit.op('Expand', [x!, shape])];
  },
});

/** Filled with one number: a constant, whoever asks. */
const filled = (name: string, value: (given: Attributes) => number): Kernel =>
  shaping({
    name,
    inputs: name === 'Fill' ? [] : ['x'],
    attributes: (given) => (name === 'Fill' ? { value: value(given), shape: given['shape'] } : {}),
    shape: ([x]: readonly OutputType[], given) =>
      name === 'Fill' ? [{ shape: ints(given, 'shape'), dtype: 'float32' }] : [x!],
    // Never reached: a trace turns these into constants.
    lower: (_inputs, node, emit) => [emit.filled(value(node.attributes), node.outputs[0]!.shape)],
  });

/** Kernels that arrange values. */
export const shapingKernels: readonly Kernel[] = [
  reshape,
  expandDims,
  transpose,
  concat,
  slice,
  pad,
  tile,
  populated,
  filled('Fill', ({ value }) => value as number),
  filled('ZerosLike', () => 0),
  filled('OnesLike', () => 1),
];

import { POPULATION, isBatched } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import type { Kernel } from './kernel.js';
import { memberSize, populate } from './shapes.js';

const along = (axis: unknown, rank: number): number =>
  (axis as number) < 0 ? (axis as number) + rank : (axis as number);

/** As int64, which some operators insist on. */
const long = (indices: string, emit: Emitter): string => emit.op('Cast', [indices], { to: { int: 7 } });

/** Rows of x along an axis. Where x and the indices differ from member to member, `perMember` is set. */
const gather: Kernel = {
  name: 'GatherV2',
  inputs: ['x', 'indices'],
  attributes: ({ axis, batchDims }, [x]) => {
    if (batchDims !== undefined && batchDims !== 0)
      throw new Error('gather with batchDims cannot be compiled');
    return { axis: along(axis ?? 0, x!.shape.length), perMember: false };
  },
  shape: ([x, indices], { axis, perMember }) => {
    const at = axis as number;
    const rows = perMember === true ? indices!.shape.slice(1) : indices!.shape;
    return [{ shape: [...x!.shape.slice(0, at), ...rows, ...x!.shape.slice(at + 1)], dtype: x!.dtype }];
  },
  batch: ([x, indices], given, add) => {
    const axis = given['axis'] as number;
    if (!isBatched(indices!)) return add('GatherV2', [x!, indices!], { axis: axis + 1, perMember: false });
    if (!isBatched(x!) && axis === 0) return add('GatherV2', [x!, indices!], given);
    // The axis to the front, so that one operator can take rows member by member.
    const rows = populate(x!, indices!, add);
    if (axis !== 0) throw new Error('gather along an axis but the first, by indices of each member');
    return add('GatherV2', [rows, indices!], { axis: 1, perMember: true });
  },
  lower: ([x, indices], { attributes, inputs }, emit) => {
    if (attributes['perMember'] !== true) {
      return [emit.op('Gather', [x!, indices!], { axis: { int: attributes['axis'] as number } })];
    }
    // GatherND takes tuples along the last axis.
    const tuples = emit.op('Reshape', [long(indices!, emit), emit.ints([...inputs[1]!.shape, 1])]);
    return [emit.op('GatherND', [x!, tuples], { batch_dims: { int: 1 } })];
  },
  flops: () => 0,
};

/** Indices → rows with one `onValue` each. */
const oneHot: Kernel = {
  name: 'OneHot',
  inputs: ['indices'],
  attributes: ({ depth, onValue, offValue }) => ({ depth, on: onValue ?? 1, off: offValue ?? 0 }),
  shape: ([indices], { depth }) => [{ shape: [...indices!.shape, depth as number], dtype: 'float32' }],
  batch: (inputs, given, add) => add('OneHot', inputs, given),
  lower: ([indices], { attributes }, emit) => {
    const { depth, on, off } = attributes as {
      readonly depth: number;
      readonly on: number;
      readonly off: number;
    };
    const values = emit.op('Concat', [emit.filled(off, [1]), emit.filled(on, [1])], { axis: { int: 0 } });
    return [emit.op('OneHot', [long(indices!, emit), emit.ints([depth]), values], { axis: { int: -1 } })];
  },
};

/**
 * Sums rows by their segment, as a product with a one-hot matrix: rows of one segment add up in a fixed order.
 * Absent from the population axis: `segmentIds` and x both have it, or neither.
 */
const segmentSum: Kernel = {
  name: 'UnsortedSegmentSum',
  inputs: ['x', 'segmentIds'],
  attributes: ({ numSegments }) => ({ numSegments }),
  shape: ([x, ids], { numSegments }) => {
    const batched = x!.shape[0] === POPULATION ? [POPULATION] : [];
    const rest = x!.shape.slice(batched.length + 1);
    if (ids!.shape.length !== batched.length + 1) throw new Error('segments must be a list');
    return [{ shape: [...batched, numSegments as number, ...rest], dtype: x!.dtype }];
  },
  batch: ([x, ids], given, add) => {
    const like = isBatched(x!) ? x! : ids!;
    return add('UnsortedSegmentSum', [populate(x!, like, add), populate(ids!, like, add)], given);
  },
  lower: ([x, ids], { attributes, inputs, outputs }, emit) => {
    const { shape } = inputs[0]!;
    const batched = shape[0] === POPULATION ? [POPULATION] : [];
    const rows = shape[batched.length]!;
    const width = memberSize(shape.slice(batched.length + 1));
    const depth = attributes['numSegments'] as number;
    const values = emit.op('Concat', [emit.filled(0, [1]), emit.filled(1, [1])], { axis: { int: 0 } });
    const members = emit.op('OneHot', [long(ids!, emit), emit.ints([depth]), values], { axis: { int: -1 } });
    const flat = emit.op('Reshape', [x!, emit.ints([...batched, rows, width])]);
    const sums = emit.op('com.microsoft:FusedMatMul', [members, flat], { transA: { int: 1 } });
    return [emit.op('Reshape', [sums, emit.ints(outputs[0]!.shape)])];
  },
};

/** The largest values of the last axis, and where they are; equal values keep their order. */
const topK: Kernel = {
  name: 'TopK',
  inputs: ['x'],
  attributes: ({ k }) => ({ k }),
  shape: ([x], { k }) => {
    const shape = [...x!.shape.slice(0, -1), k as number];
    return [
      { shape, dtype: x!.dtype },
      { shape, dtype: 'int32' },
    ];
  },
  batch: (inputs, given, add) => add('TopK', inputs, given),
  lower: ([x], { attributes }, emit) => {
    const [values, indices] = emit.ops('TopK', [x!, emit.ints([attributes['k'] as number])], 2, {
      axis: { int: -1 },
    });
    return [values!, emit.op('Cast', [indices!], { to: { int: 6 } })];
  },
};

/** Running sums along an axis. */
const cumsum: Kernel = {
  name: 'Cumsum',
  inputs: ['x'],
  attributes: ({ axis, exclusive, reverse }, [x]) => ({
    axis: along(axis, x!.shape.length),
    exclusive: exclusive === true,
    reverse: reverse === true,
  }),
  shape: ([x]) => [x!],
  batch: (inputs, given, add) => add('Cumsum', inputs, { ...given, axis: (given['axis'] as number) + 1 }),
  lower: ([x], { attributes }, emit) => {
    const { axis, exclusive, reverse } = attributes;
    const flags = { exclusive: { int: exclusive ? 1 : 0 }, reverse: { int: reverse ? 1 : 0 } };
    return [emit.op('CumSum', [x!, emit.ints([axis as number])], flags)];
  },
};

/** e^x / Σ e^x along the last axis. */
const softmax: Kernel = {
  name: 'Softmax',
  inputs: ['logits'],
  attributes: () => ({}),
  shape: ([logits]) => [logits!],
  batch: (inputs, given, add) => add('Softmax', inputs, given),
  lower: ([logits], _node, emit) => [emit.op('Softmax', [logits!], { axis: { int: -1 } })],
};

/** Kernels that look at positions. */
export const indexingKernels: readonly Kernel[] = [gather, oneHot, segmentSum, topK, cumsum, softmax];

import { isBatched, type Value } from './graph/graph.js';
import { memberSize } from './kernels/shapes.js';
import type { InputRole } from './onnx/loop-model.js';

/** Values by name. State and results of a member have no population axis. */
export type Arrays = Readonly<Record<string, Float32Array>>;

/** What one member brings to a run. */
export interface MemberArrays {
  /** By the names of the step's inputs: state, fixed ones, and step ones with the steps in front. */
  readonly arrays: Arrays;
  /** Sample indices, [S, batch]. */
  readonly indices: Int32Array;
}

/** The members of one run, and what they have in common. */
export interface Run {
  /** Whether inputs have the population axis. */
  readonly batched: boolean;
  readonly steps: number;
  /** Rows of the data, and what all members share. */
  readonly resident: Arrays;
  /** Those whose rows go in with a column of ones at the end. */
  readonly withOnes: ReadonlySet<string>;
  readonly members: readonly MemberArrays[];
}

/** The name of an input of a graph. */
export const inputName = (value: Value): string => (value.origin as { readonly name: string }).name;

/** The tensor of one input for a whole run. */
export function feedOf(
  value: Value,
  role: InputRole,
  { batched, steps, resident, members, withOnes }: Run,
): { readonly values: Float32Array; readonly shape: readonly number[] } {
  const name = inputName(value);
  const member = isBatched(value) ? value.shape.slice(1) : value.shape;
  const known = resident[name];
  if (role === 'sample') {
    const row = member.slice(1);
    const width = memberSize(row);
    const values = withOnes.has(name) ? appendOnes(known!, width - 1) : known!;
    return { values, shape: [values.length / width, ...row] };
  }
  if (known !== undefined) return { values: known, shape: member };
  const rows = role === 'step' ? steps : 1;
  const front = [...(role === 'step' ? [steps] : []), ...(batched ? [members.length] : [])];
  const values = interleaved(
    members.map(({ arrays }) => arrays[name]!),
    rows,
  );
  return { values, shape: [...front, ...member] };
}

/** Sample indices of all members, [S, members, batch]. */
export const indicesOf = (members: readonly MemberArrays[], steps: number): Int32Array =>
  interleaved(
    members.map(({ indices }) => indices),
    steps,
  );

const appended = new WeakMap<Float32Array, Float32Array>();

/** Rows with a 1 behind each; kept for the next run, as data never changes. */
function appendOnes(rows: Float32Array, width: number): Float32Array {
  const size = (rows.length / width) * (width + 1);
  const known = appended.get(rows);
  if (known?.length === size) return known;
  const wide = new Float32Array(size).fill(1);
  for (let row = 0; row * width < rows.length; row++) {
    wide.set(rows.subarray(row * width, (row + 1) * width), row * (width + 1));
  }
  appended.set(rows, wide);
  return wide;
}

/** [S, …] of each member → [S, members, …]. */
function interleaved<Values extends Float32Array | Int32Array>(
  parts: readonly Values[],
  rows: number,
): Values {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const width = first!.length / rows;
  const whole = new (first!.constructor as new (length: number) => Values)(first!.length * parts.length);
  parts.forEach((part, position) => {
    for (let row = 0; row < rows; row++) {
      whole.set(part.subarray(row * width, (row + 1) * width), (row * parts.length + position) * width);
    }
  });
  return whole;
}

/** The inverse of {@link interleaved} for one member: a view where there is one row. */
export function memberOf(values: Float32Array, member: number, members: number, rows: number): Float32Array {
  const width = values.length / rows / members;
  if (rows === 1) return values.subarray(member * width, (member + 1) * width);
  const own = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = (row * members + member) * width;
    own.set(values.subarray(start, start + width), row * width);
  }
  return own;
}

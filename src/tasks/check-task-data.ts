import { UserError } from '../core/errors.js';
import { PARTS } from '../problem/part.js';
import type { Head, TargetKind } from '../problem/head.js';
import type { TaskData } from '../problem/task-data.js';

/** How far the sum of a target distribution in float32 may be from 1. */
const SUM_TOLERANCE = 1e-3;

/**
 * Checks that the data of a task is what the rest of Lossmith takes it for: arrays of the lengths that its shapes
 * say, finite values, targets of their kind, and parts that are disjoint.
 * @throws UserError `data` with the place inside the data, without the file
 */
export function checkTaskData(data: TaskData): void {
  checkShapes(data);
  const { size, inputShape, inputs, heads, targets, columns } = data;
  const width = inputShape.reduce((product, extent) => product * extent, 1);
  checkValues('inputs', inputs, size, width);
  for (const head of heads) {
    const place = `targets.${head.name}`;
    checkValues(place, targets[head.name], size, head.outputs);
    checkTargets[head.kind](place, targets[head.name]!, head.outputs);
  }
  for (const [name, values] of Object.entries(columns)) checkValues(`columns.${name}`, values, size, 1);
  checkParts(data);
}

/** @throws UserError `data` where a part has no sample */
export function requireSamples({ parts, size }: Pick<TaskData, 'parts' | 'size'>): void {
  const empty = PARTS.find((part) => parts[part].length === 0);
  if (empty === undefined) return;
  throw new UserError({
    code: 'data',
    message: `no sample is in the ${empty} part`,
    found: `${size} samples in all`,
    expected: 'enough samples for all four parts',
  });
}

function fault(place: string, message: string, found: string, expected: string): UserError {
  return new UserError({ code: 'data', message: `${place} of the task's data: ${message}`, found, expected });
}

const isExtent = (value: number): boolean => Number.isInteger(value) && value > 0;

function checkShapes({ size, inputShape, heads, splitHash }: TaskData): void {
  if (!isExtent(size))
    throw fault('size', 'not a number of samples', String(size), 'a positive whole number');
  if (!Array.isArray(inputShape) || !inputShape.every(isExtent)) {
    throw fault('inputShape', 'not a shape', JSON.stringify(inputShape), 'positive whole numbers');
  }
  if (!Array.isArray(heads) || heads.length === 0) {
    throw fault('heads', 'there is no head', JSON.stringify(heads), 'at least one head');
  }
  heads.forEach((head: Head, index) => checkHead(head, `heads.${index}`, heads.slice(0, index)));
  if (typeof splitHash !== 'string' || splitHash === '') {
    throw fault('splitHash', 'not a hash', String(splitHash), 'what assembleTask makes');
  }
}

/** Outputs that a kind of target can have. */
const OUTPUTS: Readonly<
  Record<TargetKind, { readonly text: string; readonly fits: (count: number) => boolean }>
> = {
  binary: { text: '1 output', fits: (count) => count === 1 },
  multiclass: { text: 'an output for each of 2 or more classes', fits: (count) => count >= 2 },
  regression: { text: '1 output or more', fits: (count) => count >= 1 },
};

function checkHead({ name, kind, outputs }: Head, place: string, earlier: readonly Head[]): void {
  if (typeof name !== 'string' || name === '' || earlier.some((other) => other.name === name)) {
    throw fault(place, 'not a name of its own', JSON.stringify(name), 'a name for each head');
  }
  if (!Object.hasOwn(OUTPUTS, kind)) {
    throw fault(place, 'unknown kind', JSON.stringify(kind), `one of ${Object.keys(OUTPUTS).join(', ')}`);
  }
  if (!Number.isInteger(outputs) || !OUTPUTS[kind].fits(outputs)) {
    throw fault(place, `wrong number of outputs for the kind ${kind}`, String(outputs), OUTPUTS[kind].text);
  }
}

function checkValues(place: string, values: Float32Array | undefined, size: number, width: number): void {
  if (!(values instanceof Float32Array)) {
    throw fault(place, 'no values', typeName(values), 'a Float32Array');
  }
  if (values.length !== size * width) {
    const shape = width === 1 ? `${size} samples` : `${size} samples of ${width}`;
    throw fault(place, 'wrong length', String(values.length), `${size * width}: ${shape}`);
  }
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const sample = Math.floor(bad / width);
  throw fault(place, `a value of sample ${sample} is not finite`, String(values[bad]), 'finite numbers');
}

/** What the values of a head mean, by its kind. */
const checkTargets: Readonly<
  Record<TargetKind, (place: string, values: Float32Array, outputs: number) => void>
> = {
  regression: () => undefined,
  binary: (place, values) => {
    const bad = values.findIndex((value) => value < 0 || value > 1);
    if (bad < 0) return;
    throw fault(place, `the target of sample ${bad} is no class`, String(values[bad]), '0, 1 or in between');
  },
  multiclass: (place, values, outputs) => {
    for (let start = 0; start < values.length; start += outputs) {
      const row = values.subarray(start, start + outputs);
      const sum = row.reduce((total, value) => total + value, 0);
      if (row.every((value) => value >= 0) && Math.abs(sum - 1) <= SUM_TOLERANCE) continue;
      const shown = [...row].map(String).join(' ');
      const message = `the target of sample ${start / outputs} is no class`;
      throw fault(place, message, shown, 'one 1 among 0s, or shares with the sum 1');
    }
  },
};

function checkParts(data: TaskData): void {
  const { parts, size } = data;
  for (const part of PARTS) {
    // A task in JavaScript may have given anything.
    const indices: unknown = parts[part];
    if (!(indices instanceof Int32Array)) {
      throw fault(`parts.${part}`, 'no samples', typeName(indices), 'an Int32Array of samples');
    }
  }
  requireSamples(data);
  const owners = new Map<number, string>();
  for (const part of PARTS) {
    parts[part].forEach((sample, position) => {
      const place = `parts.${part}`;
      if (sample < 0 || sample >= size) {
        const range = `0 to ${size - 1}`;
        throw fault(place, `no such sample at position ${position}`, String(sample), range);
      }
      const owner = owners.get(sample);
      if (owner === part) {
        throw fault(place, `sample ${sample} is in it twice`, `again at position ${position}`, 'each once');
      }
      if (owner !== undefined) {
        throw fault(place, `sample ${sample} is in two parts`, `${owner} and ${part}`, 'disjoint parts');
      }
      owners.set(sample, part);
    });
  }
}

/** What kind of thing a value is, for people. */
const typeName = (value: unknown): string =>
  typeof value === 'object' && value !== null ? value.constructor.name : String(value);

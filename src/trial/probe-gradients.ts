import type { BuiltLoss } from '../losses/built-loss.js';
import type { Head } from '../problem/head.js';
import { ops, read, scalar, tensorFrom, tidy, valueAndGradients, type Tensor } from '../tensor/index.js';
import type { ProbeBatch } from './probe-points.js';

export interface ProbeRequest {
  readonly loss: BuiltLoss;
  readonly heads: readonly Head[];
  readonly batch: ProbeBatch;
  /** Samples per class by head, as tasks count them; none for regression heads. */
  readonly classCounts: Readonly<Record<string, ArrayLike<number>>>;
  /** Value of every slot, in order; one value also stands for all entries of a longer slot. */
  readonly theta: readonly (readonly number[])[];
}

/** A loss and its gradient at a probe batch, on the host. */
export interface ProbeGradients {
  /** Total of each row. */
  readonly values: Float32Array;
  /** Unweighted loss of each row, by head in order. */
  readonly headValues: readonly Float32Array[];
  /** ∂ Σ total / ∂ prediction, [rows, outputs] by head in order. */
  readonly gradients: readonly Float32Array[];
  /** ∂ Σ total / ∂ learned parameter, in order. */
  readonly learned: readonly number[];
}

/** Evaluates a loss at a probe batch. Leaves no tensor behind. */
export function probeGradients(request: ProbeRequest): ProbeGradients {
  const { loss, heads, batch } = request;
  const results: ProbeGradients[] = [];
  tidy(() => {
    const byHead = (values: (index: number) => Float32Array): readonly Tensor[] =>
      heads.map(({ outputs }, index) => tensorFrom(values(index), [batch.rows, outputs]));
    const predictions = byHead((index) => batch.points[index]!.prediction);
    const targets = byHead((index) => batch.points[index]!.target);
    const theta = loss.slots.map(({ size }, index) => slotTensor(size, request.theta[index]!));
    const classCounts = Object.fromEntries(
      Object.entries(request.classCounts).map(([head, counts]) => [
        head,
        tensorFrom(Float32Array.from(counts), [counts.length]),
      ]),
    );
    let values = new Float32Array();
    let headValues: readonly Float32Array[] = [];
    const body = (...inputs: Tensor[]): Tensor => {
      const { total, heads: losses } = loss.perSample({
        predictions: named(heads, inputs),
        targets: named(heads, targets),
        theta,
        learned: named(loss.learned, inputs.slice(heads.length)),
        classCounts,
      });
      values = read(total).slice();
      headValues = heads.map(({ name }) => read(losses[name]!).slice());
      // A loss may ignore an input altogether; the gradient of such an input is 0, not an error.
      return inputs.reduce((sum, input) => ops.add(sum, ops.mul(ops.sum(input), 0)), ops.sum(total));
    };
    const initial = loss.learned.map((parameter) => scalar(parameter.initial));
    const { gradients } = valueAndGradients(body, [...predictions, ...initial]);
    const host = gradients.map((gradient) => read(gradient).slice());
    results.push({
      values,
      headValues,
      gradients: host.slice(0, heads.length),
      learned: host.slice(heads.length).map((gradient) => gradient[0]!),
    });
  });
  return results[0]!;
}

function slotTensor(size: number, values: readonly number[]): Tensor {
  if (size === 1) return scalar(values[0]!);
  return tensorFrom(
    Float32Array.from({ length: size }, (_, index) => values[index] ?? values[0]!),
    [size],
  );
}

function named(
  names: readonly { readonly name: string }[],
  tensors: readonly Tensor[],
): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(names.map(({ name }, index) => [name, tensors[index]!]));
}

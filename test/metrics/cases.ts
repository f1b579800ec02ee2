import fc from 'fast-check';
import type { MetricInput } from '../../src/metrics/metric.js';

export const SIZE = 97;
const rows = Array.from({ length: SIZE }, (_, row) => row);

export const oneHot = (classes: readonly number[], width: number): Float32Array =>
  Float32Array.from(
    classes.flatMap((actual) => Array.from({ length: width }, (_, c) => (c === actual ? 1 : 0))),
  );

export const binaryInput = (logits: readonly number[], classes: readonly number[]): MetricInput => ({
  kind: 'binary',
  prediction: Float32Array.from(logits),
  target: Float32Array.from(classes),
  size: logits.length,
  outputs: 1,
});

export const multiclassInput = (
  logits: readonly (readonly number[])[],
  classes: readonly number[],
): MetricInput => {
  const outputs = logits[0]!.length;
  return {
    kind: 'multiclass',
    prediction: Float32Array.from(logits.flat()),
    target: oneHot(classes, outputs),
    size: logits.length,
    outputs,
  };
};

export const regressionInput = (values: readonly number[], targets: readonly number[]): MetricInput => ({
  kind: 'regression',
  prediction: Float32Array.from(values),
  target: Float32Array.from(targets),
  size: values.length,
  outputs: 1,
});

/** Made of small integers, so that another language can make exactly the same numbers. Many ties. */
export const FORMULA_INPUTS = {
  binary: binaryInput(
    rows.map((i) => ((i * 37) % 41) / 8 - 2.5),
    rows.map((i) => ((i * i * 7 + 3 * i) % 11 < 4 ? 1 : 0)),
  ),
  multiclass: multiclassInput(
    rows.map((i) => [0, 1, 2, 3].map((c) => ((i * 29 + c * 53 + i * c * 11) % 23) / 4 - 2.5)),
    rows.map((i) => ((i * i * 3 + 5 * i + 2) % 13) % 4),
  ),
  regression: regressionInput(
    rows.map((i) => ((i * 37) % 41) / 8 - 2.5),
    rows.map((i) => ((i * 17) % 29) / 4 - 3.5),
  ),
} as const;

export const FORMULA_WEIGHTS = Float64Array.from(rows, (i) => (i * 5) % 4);

/** Inputs of every kind with many ties, small enough for O(n²) checks. */
export const arbitraryInput = (kind: MetricInput['kind']): fc.Arbitrary<MetricInput> => {
  const value = fc.integer({ min: -12, max: 12 }).map((quarter) => quarter / 4);
  if (kind === 'multiclass') {
    const row = fc.tuple(fc.tuple(value, value, value), fc.integer({ min: 0, max: 2 }));
    return fc.array(row, { minLength: 1, maxLength: 25 }).map((list) =>
      multiclassInput(
        list.map(([logits]) => logits),
        list.map(([, actual]) => actual),
      ),
    );
  }
  const target = kind === 'binary' ? fc.integer({ min: 0, max: 1 }) : value;
  const make = kind === 'binary' ? binaryInput : regressionInput;
  return fc.array(fc.tuple(value, target), { minLength: 1, maxLength: 25 }).map((list) =>
    make(
      list.map(([score]) => score),
      list.map(([, actual]) => actual),
    ),
  );
};

/** The same input with sample i repeated multiplicity[i] times. */
export function repeated(input: MetricInput, multiplicity: readonly number[]): MetricInput {
  const { outputs } = input;
  const pick = (values: Float32Array): Float32Array =>
    Float32Array.from(
      multiplicity.flatMap((times, row) =>
        Array.from({ length: times }, () => [...values.subarray(row * outputs, (row + 1) * outputs)]).flat(),
      ),
    );
  const size = multiplicity.reduce((sum, times) => sum + times, 0);
  return { ...input, prediction: pick(input.prediction), target: pick(input.target), size };
}

/** An attribute of an ONNX node. Whole numbers are int64 unless the name says that the operator wants a float. */
export type OnnxAttribute =
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly text: string };

/** What lowering rules write ONNX nodes with. */
export interface Emitter {
  /** Adds a node and returns the name of its output. A name with a colon names the domain: `com.microsoft:FusedMatMul`. */
  op(type: string, inputs: readonly string[], attributes?: Readonly<Record<string, OnnxAttribute>>): string;
  /** A node with several outputs. */
  ops(
    type: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: Readonly<Record<string, OnnxAttribute>>,
  ): readonly string[];
  /** A float32 scalar. */
  float(value: number): string;
  /** A float32 tensor, all of whose values are the same. */
  filled(value: number, shape: readonly number[]): string;
  /** A list of int64, as shapes and axes are given. */
  ints(values: readonly number[]): string;
}

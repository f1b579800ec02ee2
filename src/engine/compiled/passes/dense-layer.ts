import { made, type Node, type Value } from '../graph/graph.js';

/** A layer x W + b on samples x, whose bias lies right behind its weights in the vector of the parameters. */
export interface DenseLayer {
  /** [batch, inputs] */
  readonly x: Value;
  /** The vector. */
  readonly parameters: Value;
  /** Where W begins in it. */
  readonly begin: number;
  readonly outputs: number;
}

/** Whether a node is the product of its operands as they are, or of the first one transposed. */
export const isProduct = (node: Node | undefined, transposed: boolean): node is Node =>
  node !== undefined &&
  node.kernel === 'BatchMatMul' &&
  (node.attributes['transposeA'] === true) === transposed &&
  node.attributes['transposeB'] !== true;

/** The stretch of a vector that a value is, whatever its shape. */
function stretchOf(
  value: Value,
): { readonly of: Value; readonly begin: number; readonly size: number } | undefined {
  const cut = made(made(value, 'Reshape')?.inputs[0], 'Slice') ?? made(value, 'Slice');
  const [of] = cut?.inputs ?? [];
  if (cut === undefined || of?.shape.length !== 1) return undefined;
  const [begin, size] = ['begin', 'size'].map((key) => (cut.attributes[key] as readonly number[])[0]!);
  return { of, begin: begin!, size: size! };
}

/** The layer whose result a node adds its bias to. */
export function denseLayer(node: Node, readers: ReadonlyMap<Value, number>): DenseLayer | undefined {
  const product = node.kernel === 'Add' ? made(node.inputs[0], 'BatchMatMul') : undefined;
  if (!isProduct(product, false) || readers.get(product.outputs[0]!) !== 1) return undefined;
  const [x, weights] = product.inputs as [Value, Value];
  const bias = node.inputs[1]!;
  const [w, b] = [stretchOf(weights), stretchOf(bias)];
  if (x.shape.length !== 2 || w === undefined || b === undefined) return undefined;
  const outputs = product.outputs[0]!.shape[1]!;
  // A bias for each column of a matrix, and nothing else that broadcasts.
  if (node.outputs[0]!.shape.length !== 2 || bias.shape.at(-1) !== outputs) return undefined;
  const behind = b.of === w.of && b.begin === w.begin + w.size && b.size === outputs;
  return behind ? { x, parameters: w.of, begin: w.begin, outputs } : undefined;
}

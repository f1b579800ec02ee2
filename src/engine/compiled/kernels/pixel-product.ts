import type { Node } from '../graph/graph.js';
import type { Emitter } from '../onnx/emitter.js';
import { memberSize } from './shapes.js';

/** An image as the matrix [pixels, channels]. */
const pixels = (x: string, shape: readonly number[], emit: Emitter): string =>
  emit.op('Reshape', [x, emit.ints([memberSize(shape.slice(0, -1)), shape.at(-1)!])]);

/** A product of pixels and a 1×1 filter, or of two images over their pixels, in the shape of the node's output. */
export function pixelProduct(
  a: string,
  b: string,
  turned: 'a' | 'b' | undefined,
  node: Node,
  emit: Emitter,
): string {
  const flags = { transA: { int: turned === 'a' ? 1 : 0 }, transB: { int: turned === 'b' ? 1 : 0 } };
  const [left, right] = node.inputs as [Node['inputs'][number], Node['inputs'][number]];
  const operands = [pixels(a, left.shape, emit), pixels(b, right.shape, emit)];
  return emit.op('Reshape', [
    emit.op('com.microsoft:FusedMatMul', operands, flags),
    emit.ints(node.outputs[0]!.shape),
  ]);
}

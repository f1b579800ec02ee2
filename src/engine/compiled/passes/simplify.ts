import { made, nodeOf, type Graph, type Node, type Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import { kernels } from '../kernels/registry.js';
import { broadcastShapes } from '../kernels/shapes.js';

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** Whether a value is one known number everywhere. */
function isFilled(value: Value, number: number): boolean {
  return value.origin.kind === 'constant' && value.origin.values.every((one) => one === number);
}

/** The operand that a product with ones repeats; undefined where the node is no such product. */
function repeated(value: Value): Value | undefined {
  const node = made(value, 'Multiply');
  if (node === undefined) return undefined;
  const [a, b] = node.inputs as [Value, Value];
  if (isFilled(b, 1)) return a;
  return isFilled(a, 1) ? b : undefined;
}

/** Operands as they were before products with ones repeated them: an elementwise kernel repeats them itself. */
function unrepeated(node: Node, inputs: readonly Value[]): readonly Value[] {
  if (kernels.get(node.kernel)!.elementwise !== true) return inputs;
  const { shape } = node.outputs[0]!;
  let now = inputs;
  inputs.forEach((value, index) => {
    const source = repeated(value);
    if (source === undefined) return;
    const tried = now.map((one, position) => (position === index ? source : one));
    if (sameShape(broadcastShapes(tried.map((one) => one.shape)), shape)) now = tried;
  });
  return now;
}

/** What a node gives without being computed: one of its inputs, or undefined. */
function identity(node: Node, inputs: readonly Value[]): Value | undefined {
  const [a, b] = inputs as [Value, Value | undefined];
  const output = node.outputs[0]!;
  const whole = (value: Value): Value | undefined =>
    sameShape(value.shape, output.shape) && value.dtype === output.dtype ? value : undefined;
  switch (node.kernel) {
    case 'Identity':
      return a;
    case 'Cast':
    case 'Reshape':
    case 'ExpandDims':
    case 'Slice':
    case 'Tile':
      return whole(a);
    case 'Add':
      return isFilled(b!, 0) ? whole(a) : isFilled(a, 0) ? whole(b!) : undefined;
    case 'Sub':
      return isFilled(b!, 0) ? whole(a) : undefined;
    case 'Multiply':
      return isFilled(b!, 1) ? whole(a) : isFilled(a, 1) ? whole(b!) : undefined;
    case 'RealDiv':
    case 'Pow':
      return isFilled(b!, 1) ? whole(a) : undefined;
    default:
      return undefined;
  }
}

/** A shorter way to say the same, or undefined. */
function shorter(node: Node, inputs: readonly Value[]): readonly Value[] | undefined {
  const [a] = inputs;
  const before = a === undefined ? undefined : nodeOf(a);
  if (node.kernel === 'Neg' && before?.kernel === 'Neg') return [before.inputs[0]!];
  const moves = node.kernel === 'Reshape' || node.kernel === 'ExpandDims';
  if (moves && (before?.kernel === 'Reshape' || before?.kernel === 'ExpandDims')) {
    const [source] = before.inputs as [Value];
    const { shape } = node.outputs[0]!;
    return sameShape(source.shape, shape) ? [source] : addNode('Reshape', [source], { shape });
  }
  return undefined;
}

/** Removes nodes that compute nothing. */
export function simplify(graph: Graph): Graph {
  return rewrite(graph, (node, given) => {
    const inputs = unrepeated(node, given);
    const known = identity(node, inputs);
    if (known !== undefined) return [known];
    return shorter(node, inputs) ?? renewed(node, inputs);
  });
}

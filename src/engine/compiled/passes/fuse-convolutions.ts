import { nodeOf, type Graph, type Node, type Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { readersOf } from '../graph/readers-of.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import { memberSize } from '../kernels/shapes.js';

/** The one number for each channel that an operand repeats for all pixels; undefined where it is something else. */
function biasOf(value: Value, [, groups, , , size]: readonly number[]): Value | undefined {
  const node = nodeOf(value);
  const source = node?.kernel === 'Tile' ? node.inputs[0]! : value;
  const { shape } = source;
  const fits = shape.length === 5 && shape[1] === groups && shape[4] === size;
  return fits && memberSize(shape) === groups! * size! ? source : undefined;
}

/** Bias and max(y, 0) become part of the convolution in blocks before them, where nobody else reads what it gives. */
export function fuseConvolutions(graph: Graph): Graph {
  const readers = readersOf(graph);
  /** The convolution that alone makes an operand of a node, as it is now. */
  const convolution = (before: Value | undefined, now: Value | undefined): Node | undefined => {
    const node = now === undefined ? undefined : nodeOf(now);
    const whole = node?.kernel === 'BlockedConv2D' && node.attributes['relu'] !== true;
    return whole && readers.get(before!) === 1 ? node : undefined;
  };
  return rewrite(graph, (node, inputs) => {
    if (node.kernel === 'Relu') {
      const made = convolution(node.inputs[0], inputs[0]);
      if (made !== undefined) return addNode(made.kernel, made.inputs, { ...made.attributes, relu: true });
    }
    if (node.kernel === 'Add') {
      for (const [image, bias] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const made = convolution(node.inputs[image], inputs[image]);
        const source = made?.inputs.length === 2 && biasOf(inputs[bias]!, made.outputs[0]!.shape);
        if (made === undefined || source === undefined || source === false) continue;
        const [vector] = addNode('Reshape', [source], { shape: [memberSize(source.shape)] });
        return addNode(made.kernel, [...made.inputs, vector!], made.attributes);
      }
    }
    return renewed(node, inputs);
  });
}

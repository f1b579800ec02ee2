import type { Graph, Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import { kernels } from '../kernels/registry.js';
import { memberSize } from '../kernels/shapes.js';

/** How many axes at the end of a shape have the extent 1. */
function unitAxes(shape: readonly number[]): number {
  const last = shape.findLastIndex((extent) => extent !== 1);
  return shape.length - 1 - last;
}

/**
 * Elementwise kernels compute on values without the axes of extent 1 at the end: where operands broadcast, the runtime
 * takes the stretch from the last axis, and one value at a time costs 13 ns each. What comes and goes keeps its shape.
 */
export function dropUnitAxes(graph: Graph): Graph {
  const reshaped = (value: Value, shape: readonly number[]): Value =>
    addNode('Reshape', [value], { shape })[0]!;
  return rewrite(graph, (node, inputs) => {
    const { shape } = node.outputs[0]!;
    const units = unitAxes(shape);
    if (kernels.get(node.kernel)!.elementwise !== true || units === 0 || memberSize(shape) === 1) {
      return renewed(node, inputs);
    }
    const short = inputs.map((value) => {
      const dropped = Math.min(units, value.shape.length);
      return dropped === 0 ? value : reshaped(value, value.shape.slice(0, value.shape.length - dropped));
    });
    return [reshaped(addNode(node.kernel, short, node.attributes)[0]!, shape)];
  });
}

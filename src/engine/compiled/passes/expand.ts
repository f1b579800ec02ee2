import type { Graph } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import { kernels } from '../kernels/registry.js';

/** Writes kernels that have a rule for it in simpler ones, whose parts other calls may share. */
export function expand(graph: Graph): Graph {
  return rewrite(graph, (node, inputs) => {
    const rule = kernels.get(node.kernel)!.expand;
    if (rule === undefined) return renewed(node, inputs);
    return [rule(inputs, node.attributes, addNode)];
  });
}

import { POPULATION, isBatched, type Graph, type Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import { kernels } from '../kernels/registry.js';
import { nodesOf } from '../graph/graph.js';
import { populate } from '../kernels/shapes.js';

/** Whether every kernel of a graph has a batching rule. */
export const canVectorise = (graph: Graph): boolean =>
  nodesOf(graph).every(({ kernel }) => kernels.get(kernel)!.batch !== undefined);

/**
 * The graph for a whole population: every input but those in `shared`, and every result, gets the population axis in
 * front.
 */
export function vectorise(graph: Graph, shared: ReadonlySet<string> = new Set()): Graph {
  const start = (value: Value): Value => {
    const { origin } = value;
    if (origin.kind !== 'input' || shared.has(origin.name)) return value;
    return { ...value, shape: [POPULATION, ...value.shape] };
  };
  const batched = rewrite(
    graph,
    (node, inputs) => {
      if (!inputs.some(isBatched)) return renewed(node, inputs);
      return kernels.get(node.kernel)!.batch!(inputs, node.attributes, addNode);
    },
    start,
  );
  const like = batched.inputs.find(isBatched);
  if (like === undefined) return batched;
  return {
    inputs: batched.inputs,
    results: Object.fromEntries(
      Object.entries(batched.results).map(([name, value]) => [name, populate(value, like, addNode)]),
    ),
  };
}

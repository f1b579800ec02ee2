import { nodesOf, type Graph, type Node, type Value } from './graph.js';

/**
 * Builds a graph anew, node by node in order.
 * @param change what stands for the outputs of a node, given what stands for its inputs.
 * @param start what stands for inputs and constants; left out: they themselves.
 */
export function rewrite(
  graph: Graph,
  change: (node: Node, inputs: readonly Value[]) => readonly Value[],
  start: (value: Value) => Value = (value) => value,
): Graph {
  const replaced = new Map<Value, Value>();
  const now = (value: Value): Value => {
    const known = replaced.get(value);
    if (known !== undefined) return known;
    const begun = start(value);
    replaced.set(value, begun);
    return begun;
  };
  const inputs = graph.inputs.map(now);
  for (const node of nodesOf(graph)) {
    const outputs = change(node, node.inputs.map(now));
    node.outputs.forEach((output, index) => replaced.set(output, outputs[index]!));
  }
  return {
    inputs,
    results: Object.fromEntries(Object.entries(graph.results).map(([name, value]) => [name, now(value)])),
  };
}

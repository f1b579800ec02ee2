import { nodesOf, type Graph, type Node, type Value } from './graph.js';

/**
 * Where two graphs begin to do something else, constants included: the first node of `b` that is not that of `a`, or
 * `results`; undefined where they do the same in the same order.
 */
export function firstDifference(a: Graph, b: Graph): Node | 'results' | undefined {
  const [first, second] = [described(a), described(b)];
  if (first.length === second.length && first.every((line, index) => line === second[index]))
    return undefined;
  const index = second.findIndex((line, position) => line !== first[position]);
  return nodesOf(b)[index] ?? 'results';
}

/** A line for each node and result, from which the graph could be built again. */
function described(graph: Graph): readonly string[] {
  const numbers = new Map<Value, number>();
  const name = (value: Value): string => {
    const { origin } = value;
    if (origin.kind === 'input') return origin.name;
    if (origin.kind === 'constant') return `${value.shape.join('x')}:${origin.values.join(' ')}`;
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return `%${known}`;
  };
  return [
    ...nodesOf(graph).map(
      ({ kernel, inputs, attributes, outputs }) =>
        `${outputs.map(name).join()} = ${kernel}(${inputs.map(name).join()}) ${JSON.stringify(attributes)}`,
    ),
    ...Object.entries(graph.results).map(([result, value]) => `${result} = ${name(value)}`),
  ];
}

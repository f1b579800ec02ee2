import { nodesOf, type Graph, type Value } from './graph.js';

/** How many nodes and results read each value. */
export function readersOf(graph: Graph): ReadonlyMap<Value, number> {
  const readers = new Map<Value, number>();
  const read = (value: Value): void => void readers.set(value, (readers.get(value) ?? 0) + 1);
  for (const { inputs } of nodesOf(graph)) inputs.forEach(read);
  Object.values(graph.results).forEach(read);
  return readers;
}

import { canonicalJson } from '../../../core/json.js';
import type { Graph, Value } from '../graph/graph.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';

/** Computes once what is computed twice: equal kernels of equal inputs, and equal constants. */
export function share(graph: Graph): Graph {
  const numbers = new Map<Value, number>();
  const numberOf = (value: Value): number => {
    const known = numbers.get(value) ?? numbers.size;
    numbers.set(value, known);
    return known;
  };
  const constants = new Map<string, Value>();
  const made = new Map<string, readonly Value[]>();
  const start = (value: Value): Value => {
    if (value.origin.kind !== 'constant') return value;
    const { values } = value.origin;
    const first = values[0];
    const content = values.every((one) => Object.is(one, first)) ? [first ?? 0] : [...values];
    const key = `${value.dtype} ${value.shape.join(',')} ${content.map((one) => (Object.is(one, -0) ? '-0' : String(one))).join(',')}`;
    const known = constants.get(key) ?? value;
    constants.set(key, known);
    return known;
  };
  return rewrite(
    graph,
    (node, inputs) => {
      const key = `${node.kernel} ${inputs.map(numberOf).join(',')} ${canonicalJson(node.attributes)}`;
      const outputs = made.get(key) ?? renewed(node, inputs);
      made.set(key, outputs);
      return outputs;
    },
    start,
  );
}

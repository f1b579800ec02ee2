import { constant, type Graph, type Value } from '../graph/graph.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';

/** Arithmetic whose float32 result is the rounded exact one, on every machine. */
const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Multiply: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Neg: (a) => -a,
  Square: (a) => a * a,
  Reciprocal: (a) => 1 / a,
  Sqrt: (a) => Math.sqrt(a),
};

/** The one number of a constant, undefined for everything else. */
function numberOf({ origin, dtype }: Value): number | undefined {
  if (origin.kind !== 'constant' || dtype !== 'float32' || origin.values.length !== 1) return undefined;
  return origin.values[0];
}

/**
 * Computes arithmetic on single constant numbers. Kernels can then tell what they have before them: the derivative of
 * x² has the exponent 2 − 1, and as a number it is a product, for x of any sign.
 */
export function fold(graph: Graph): Graph {
  return rewrite(graph, (node, inputs) => {
    const compute = ARITHMETIC[node.kernel];
    const [a, b = 0] = inputs.map(numberOf);
    if (compute === undefined || a === undefined || inputs.some((value) => numberOf(value) === undefined)) {
      return renewed(node, inputs);
    }
    return [constant(Float32Array.of(compute(a, b)), node.outputs[0]!.shape)];
  });
}

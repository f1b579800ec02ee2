import { input, made, nodesOf, type Graph, type Node, type Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { readersOf } from '../graph/readers-of.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import { denseLayer, isProduct, type DenseLayer } from './dense-layer.js';

/** Columns of an input beyond which adding a bias costs little beside the product. */
const MOST_COLUMNS = 128;

export interface JoinedBias {
  readonly graph: Graph;
  /** Inputs whose rows have a column of ones at the end now. */
  readonly withOnes: ReadonlySet<string>;
}

/** The layers on samples, by the node that adds the bias. */
function layersOn(graph: Graph, samples: ReadonlySet<string>): ReadonlyMap<Node, DenseLayer> {
  const readers = readersOf(graph);
  const layers = nodesOf(graph).flatMap((node): (readonly [Node, DenseLayer])[] => {
    const layer = denseLayer(node, readers);
    if (layer?.x.origin.kind !== 'input' || !samples.has(layer.x.origin.name)) return [];
    return layer.x.shape[1]! <= MOST_COLUMNS ? [[node, layer]] : [];
  });
  return new Map(layers);
}

/**
 * x W + b of samples x becomes one product of [x | 1] with W and b, which lie one behind the other in the vector of
 * the parameters; so does the gradient of both. That is a pass over the activations less, forward and backward.
 * @param samples inputs that are rows of data
 */
export function joinBias(graph: Graph, samples: ReadonlySet<string>): JoinedBias {
  const layers = layersOn(graph, samples);
  const widened = new Map<Value, Value>();
  for (const { x } of layers.values()) {
    const { origin, shape, dtype } = x;
    const [rows, columns] = shape as [number, number];
    if (origin.kind === 'input') widened.set(x, input(origin.name, [rows, columns + 1], dtype));
  }
  /** What stands for the values of the old graph. */
  const now = new Map<Value, Value>();
  const plain = new Map([...widened].map(([x, wide]) => [wide, x.shape]));
  /** For everybody else the samples are what they were. */
  const cut = (value: Value): Value => {
    const size = plain.get(value);
    return size === undefined ? value : addNode('Slice', [value], { begin: [0, 0], size })[0]!;
  };
  const joinedLayer = ({ x, parameters, begin, outputs }: DenseLayer): Value => {
    const wide = widened.get(x)!;
    const rows = wide.shape[1]!;
    const from = now.get(parameters) ?? parameters;
    const [stretch] = addNode('Slice', [from], { begin: [begin], size: [rows * outputs] });
    const [both] = addNode('Reshape', [stretch!], { shape: [rows, outputs] });
    return addNode('BatchMatMul', [wide, both!], { transposeA: false, transposeB: false })[0]!;
  };
  /** The gradient of weights and bias, where a part of a vector is that of the weights and the next that of the bias. */
  const joinedGradient = (weights: Value | undefined, bias: Value | undefined): Value | undefined => {
    const product = made(made(weights, 'Reshape')?.inputs[0], 'BatchMatMul');
    const sum = made(bias, 'Sum');
    if (!isProduct(product, true) || sum === undefined) return undefined;
    const [x, derivative] = product.inputs as [Value, Value];
    const wide = widened.get(x);
    const matrix = sum.inputs[0] === derivative && derivative.shape.length === 2;
    const overSamples = sum.outputs[0]!.shape.length === 1 && (sum.attributes['axes'] as number[])[0] === 0;
    if (wide === undefined || !matrix || !overSamples) return undefined;
    const [both] = addNode('BatchMatMul', [wide, cut(now.get(derivative)!)], product.attributes);
    const [rows, columns] = both!.shape as [number, number];
    return addNode('Reshape', [both!], { shape: [rows * columns] })[0]!;
  };
  const change = (node: Node, inputs: readonly Value[]): readonly Value[] => {
    const layer = layers.get(node);
    if (layer !== undefined) return [joinedLayer(layer)];
    if (node.kernel !== 'Concat' || node.outputs[0]!.shape.length !== 1) {
      return renewed(node, inputs.map(cut));
    }
    const gradients = node.inputs.map((part, index) => joinedGradient(part, node.inputs[index + 1]));
    const parts = inputs.flatMap((part, index) =>
      index > 0 && gradients[index - 1] !== undefined ? [] : [gradients[index] ?? part],
    );
    return parts.length === 1 ? parts : addNode('Concat', parts, node.attributes);
  };
  const joined = rewrite(
    graph,
    (node, inputs) => {
      node.inputs.forEach((value, index) => now.set(value, inputs[index]!));
      return change(node, inputs);
    },
    (value) => widened.get(value) ?? value,
  );
  const names = [...widened.keys()].flatMap(({ origin }) => (origin.kind === 'input' ? [origin.name] : []));
  const results = Object.entries(joined.results).map(([name, value]) => [name, cut(value)] as const);
  return { graph: { ...joined, results: Object.fromEntries(results) }, withOnes: new Set(names) };
}

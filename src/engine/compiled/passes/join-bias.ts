import { input, nodeOf, nodesOf, type Graph, type Node, type Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { readersOf } from '../graph/readers-of.js';
import { rewrite } from '../graph/rewrite.js';

/** Columns of an input beyond which adding a bias costs little beside the product. */
const MOST_COLUMNS = 128;

/** The node of a kernel that a value comes from. */
function made(value: Value | undefined, kernel: string): Node | undefined {
  const node = value === undefined ? undefined : nodeOf(value);
  return node?.kernel === kernel ? node : undefined;
}

/** The stretch of a vector that a value is, whatever its shape. */
function stretchOf(
  value: Value,
): { readonly of: Value; readonly begin: number; readonly size: number } | undefined {
  const cut = made(made(value, 'Reshape')?.inputs[0], 'Slice') ?? made(value, 'Slice');
  const [of] = cut?.inputs ?? [];
  if (cut === undefined || of?.shape.length !== 1) return undefined;
  const [begin, size] = ['begin', 'size'].map((key) => (cut.attributes[key] as readonly number[])[0]!);
  return { of, begin: begin!, size: size! };
}

interface Layer {
  readonly x: Value;
  /** The stretch of weights and bias, one after the other. */
  readonly of: Value;
  readonly begin: number;
  readonly outputs: number;
}

/** A layer x W + b on samples, whose bias lies behind its weights. */
function layerOf(
  node: Node,
  samples: ReadonlySet<string>,
  readers: ReadonlyMap<Value, number>,
): Layer | undefined {
  if (node.kernel !== 'Add') return undefined;
  const product = made(node.inputs[0], 'BatchMatMul');
  const [x, weights] = product?.inputs ?? [];
  if (product === undefined || x?.origin.kind !== 'input' || !samples.has(x.origin.name)) return undefined;
  const { transposeA, transposeB } = product.attributes;
  const plain = transposeA !== true && transposeB !== true && readers.get(product.outputs[0]!) === 1;
  if (!plain || x.shape.length !== 2 || x.shape[1]! > MOST_COLUMNS) return undefined;
  const outputs = product.outputs[0]!.shape[1]!;
  const [w, b] = [stretchOf(weights!), stretchOf(node.inputs[1]!)];
  const follows = w !== undefined && b?.of === w.of && b.begin === w.begin + w.size && b.size === outputs;
  return follows ? { x, of: w.of, begin: w.begin, outputs } : undefined;
}

/**
 * x W + b of samples x is one product of [x | 1] with W and b one below the other, as they lie in the vector of the
 * parameters, and so is the gradient of both: a pass over the activations less, forward and backward. The last step
 * of a sum of fused products is the addition that it was, so forward numbers stay what they were.
 * @param samples inputs that are rows of data
 * @returns also the inputs that have a column of ones now, at the end
 */
export function joinBias(
  graph: Graph,
  samples: ReadonlySet<string>,
): { readonly graph: Graph; readonly withOnes: ReadonlySet<string> } {
  const readers = readersOf(graph);
  const layers = new Map<Node, Layer>();
  for (const node of nodesOf(graph)) {
    const layer = layerOf(node, samples, readers);
    if (layer !== undefined) layers.set(node, layer);
  }
  const widened = new Map<Value, Value>();
  for (const { x } of layers.values()) {
    const [rows, columns] = x.shape as [number, number];
    if (x.origin.kind === 'input') widened.set(x, input(x.origin.name, [rows, columns + 1], x.dtype));
  }
  const narrow = new Map([...widened].map(([x, wide]) => [wide, x.shape]));
  const cut = (value: Value): Value => {
    const size = narrow.get(value);
    return size === undefined ? value : addNode('Slice', [value], { begin: [0, 0], size })[0]!;
  };
  const now = new Map<Value, Value>();
  /** Gradients of the weights and, right behind, of the bias of one layer as parts of a vector. */
  const joined = (parts: readonly Value[], index: number): Value | undefined => {
    const product = made(made(parts[index], 'Reshape')?.inputs[0], 'BatchMatMul');
    const sum = made(parts[index + 1], 'Sum');
    const [x, derivative] = product?.inputs ?? [];
    const wide = x === undefined ? undefined : widened.get(x);
    if (product?.attributes['transposeA'] !== true || product.attributes['transposeB'] === true)
      return undefined;
    if (wide === undefined || sum?.inputs[0] !== derivative || sum?.outputs[0]!.shape.length !== 1)
      return undefined;
    const [both] = addNode('BatchMatMul', [wide, now.get(derivative!)!], product.attributes);
    const [rows, columns] = both!.shape as [number, number];
    return addNode('Reshape', [both!], { shape: [rows * columns] })[0]!;
  };
  const change = (node: Node, inputs: readonly Value[]): readonly Value[] => {
    const layer = layers.get(node);
    if (layer !== undefined) {
      const wide = widened.get(layer.x)!;
      const rows = wide.shape[1]!;
      const [of, begin, outputs] = [now.get(layer.of) ?? layer.of, layer.begin, layer.outputs];
      const [stretch] = addNode('Slice', [of], { begin: [begin], size: [rows * outputs] });
      const [both] = addNode('Reshape', [stretch!], { shape: [rows, outputs] });
      return addNode('BatchMatMul', [wide, both!], { transposeA: false, transposeB: false });
    }
    if (node.kernel === 'Concat' && node.attributes['axis'] === 0) {
      const parts = node.inputs.flatMap((_, index): readonly Value[] => {
        if (joined(node.inputs, index - 1) !== undefined) return [];
        return [joined(node.inputs, index) ?? inputs[index]!];
      });
      return parts.length === 1 ? parts : addNode('Concat', parts, node.attributes);
    }
    return addNode(node.kernel, inputs.map(cut), node.attributes);
  };
  const result = rewrite(
    graph,
    (node, inputs) => {
      node.inputs.forEach((value, index) => now.set(value, inputs[index]!));
      return change(node, inputs);
    },
    (value) => widened.get(value) ?? value,
  );
  const withOnes = [...widened.values()].map(({ origin }) => (origin as { readonly name: string }).name);
  return { graph: result, withOnes: new Set(withOnes) };
}

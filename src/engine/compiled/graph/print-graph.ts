import { kernels } from '../kernels/registry.js';
import { nodesOf, POPULATION, type Graph, type Node, type Value } from './graph.js';

/** Values of a constant that are printed; longer ones are named by their shape. */
const PRINTED = 4;

/** Floating-point operations of one step of one member: an estimate. */
export function graphFlops(graph: Graph): number {
  return nodesOf(graph).reduce((sum, node) => sum + nodeFlops(node), 0);
}

function nodeFlops(node: Node): number {
  const rule = kernels.get(node.kernel)!;
  return rule.flops?.(node) ?? node.outputs.reduce((sum, { shape }) => sum + size(shape), 0);
}

const size = (shape: readonly number[]): number =>
  shape.reduce((product, extent) => (extent === POPULATION ? product : product * extent), 1);

const shapeText = ({ shape, dtype }: Value): string =>
  `${dtype}[${shape.map((extent) => (extent === POPULATION ? 'K' : extent)).join(', ')}]`;

function attributesText(node: Node): string {
  const entries = Object.entries(node.attributes);
  if (entries.length === 0) return '';
  return ` {${entries.map(([name, value]) => `${name}: ${JSON.stringify(value)}`).join(', ')}}`;
}

/**
 * A graph as text: a line for each input, each node with what it reads, and each result. K is the population.
 *
 *     %3 = BatchMatMul(x, %2) {transposeA: false, transposeB: false} : float32[K, 128, 64]
 */
export function printGraph(graph: Graph): string {
  const names = new Map<Value, string>();
  const name = (value: Value): string => {
    const { origin } = value;
    if (origin.kind === 'input') return origin.name;
    if (origin.kind === 'constant') {
      const { values } = origin;
      const same = values.every((one) => one === values[0]);
      const text = same ? String(values[0] ?? '') : values.length <= PRINTED ? values.join(', ') : '…';
      return value.shape.length === 0 ? text : `${text}:[${value.shape.join(', ')}]`;
    }
    const known = names.get(value) ?? `%${names.size}`;
    names.set(value, known);
    return known;
  };
  return [
    ...graph.inputs.map((value) => `${name(value)} : ${shapeText(value)}`),
    ...nodesOf(graph).map((node) => {
      const outputs = node.outputs.map(name).join(', ');
      const types = node.outputs.map(shapeText).join(', ');
      return `${outputs} = ${node.kernel}(${node.inputs.map(name).join(', ')})${attributesText(node)} : ${types}`;
    }),
    ...Object.entries(graph.results).map(([result, value]) => `${result} <- ${name(value)}`),
  ].join('\n');
}

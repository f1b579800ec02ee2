import { traceTensors, type Tensor, type Tracer } from '../../../tensor/index.js';
import { UserError } from '../../../core/errors.js';
import { kernels } from '../kernels/registry.js';
import { addNode } from './add-node.js';
import { firstDifference } from './first-difference.js';
import { constant, input, nodeOf, type Graph, type Node, type Value } from './graph.js';

/** Name and shape of an input. */
export type InputShapes = Readonly<Record<string, readonly number[]>>;

/** @param places gets the line that called each node, where it is wanted */
const tracer = (places?: Map<Node, string>): Tracer<Value> => ({
  kernels: [...kernels.keys()],
  constant: (values, shape, dtype) => constant(values.slice(), shape, dtype),
  kernel: (name, given, rawAttributes, place) => {
    const kernel = kernels.get(name)!;
    const inputs =
      kernel.inputs === 'list'
        ? Object.keys(given).map((_, index) => given[index]!)
        : kernel.inputs.flatMap((key) => given[key] ?? []);
    const attributes = kernel.attributes(rawAttributes, inputs);
    const { shape } = kernel.shape(inputs, attributes)[0]!;
    if (name === 'ZerosLike') return filled(0, shape, inputs[0]);
    if (name === 'OnesLike') return filled(1, shape, inputs[0]);
    if (name === 'Fill') return filled(attributes['value'] as number, shape);
    const outputs = addNode(name, inputs, attributes);
    places?.set(nodeOf(outputs[0]!)!, place());
    // TensorFlow.js tells kernels of one output from kernels of several by this.
    return outputs.length === 1 ? outputs[0]! : outputs;
  },
});

function filled(value: number, shape: readonly number[], like?: Value): Value {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const dtype = like?.dtype ?? 'float32';
  const make = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
  return constant(new make(size).fill(value), shape, dtype);
}

/**
 * Traces a function of float tensors into a graph, twice: what differs between the two came from outside, such as a
 * random number, and would be the same in every step of a compiled graph.
 * @throws UserError `untraceable`
 */
export function traceGraph(
  shapes: InputShapes,
  body: (inputs: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>,
): Graph {
  const graph = traceOnce(shapes, body);
  if (firstDifference(graph, traceOnce(shapes, body)) !== undefined) {
    const places = new Map<Node, string>();
    const different = firstDifference(graph, traceOnce(shapes, body, places)) ?? 'results';
    const where = different === 'results' ? 'a result' : `${different.kernel}, ${places.get(different)}`;
    throw new UserError({
      code: 'untraceable',
      message:
        'the step has another constant each time it is traced: a random number, a clock, a count of calls',
      found: `in ${where}`,
      expected: 'numbers that are the same each time, or inputs that are tensors',
    });
  }
  return graph;
}

function traceOnce(
  shapes: InputShapes,
  body: (inputs: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>,
  places?: Map<Node, string>,
): Graph {
  const names = Object.keys(shapes);
  const inputs = names.map((name) => input(name, shapes[name]!));
  let results: readonly string[] = [];
  const values = traceTensors(tracer(places), inputs, (tensors) => {
    const outputs = body(Object.fromEntries(names.map((name, index) => [name, tensors[index]!])));
    results = Object.keys(outputs);
    return Object.values(outputs);
  });
  return { inputs, results: Object.fromEntries(results.map((name, index) => [name, values[index]!])) };
}

import { nodesOf, type Graph, type Value } from '../graph/graph.js';
import { kernels } from '../kernels/registry.js';
import type { Emitter } from './emitter.js';
import { constantName, createModelParts, emitterInto, valueInfo } from './graph-writer.js';
import { encodeModel, type AttributeProto, type NodeProto, type ValueInfoProto } from './protobuf.js';

/** Where an input of a step comes from. */
export type InputRole =
  /** From the step before; its result of the same name goes on to the next. */
  | 'state'
  /** One row for each step. */
  | 'step'
  /** Rows of resident data, by the sample indices of the step. */
  | 'sample'
  /** The same in all steps. */
  | 'fixed';

/** A step whose inputs have roles. Results that are no state are collected over the steps. */
export interface LoopPlan {
  readonly step: Graph;
  readonly roles: Readonly<Record<string, InputRole>>;
  /** Extents of the sample indices of one step: [batch], or [population, batch]. */
  readonly indices: readonly number[];
}

/** Number of the type GRAPH among attributes. */
const GRAPH = 5;

/**
 * A model that runs many steps in one call: an ONNX Loop. What does not change from step to step is computed once,
 * before it. Inputs: one per input of the step by its name (`step` ones with the steps in front), and `indices`
 * int32 [S, …], and `steps` int64. Outputs: one per result, collected ones with the steps in front.
 */
export function loopModel({ step, roles, indices }: LoopPlan): Uint8Array {
  const parts = createModelParts();
  const outside: NodeProto[] = [];
  const inside: NodeProto[] = [];
  const before = emitterInto(outside, parts);
  const within = emitterInto(inside, parts);
  const nameOf = (value: Value): string => (value.origin as { readonly name: string }).name;
  const roleOf = (value: Value): InputRole => roles[nameOf(value)]!;
  const states = step.inputs.filter((value) => roleOf(value) === 'state');

  const names = new Map<Value, string>();
  const moving = new Set<Value>();
  const samples = within.op('Gather', ['indices', 'iteration'], { axis: { int: 0 } });
  for (const value of step.inputs) {
    const name = nameOf(value);
    const role = roleOf(value);
    if (role !== 'fixed') moving.add(value);
    if (role === 'fixed') names.set(value, name);
    if (role === 'state') names.set(value, `in:${name}`);
    if (role === 'step') names.set(value, within.op('Gather', [name, 'iteration'], { axis: { int: 0 } }));
    if (role === 'sample') names.set(value, within.op('Gather', [name, samples], { axis: { int: 0 } }));
  }
  const read = (value: Value): string => {
    const known = names.get(value) ?? constantName(value, parts);
    names.set(value, known);
    return known;
  };
  for (const node of nodesOf(step)) {
    const moves = node.inputs.some((value) => moving.has(value));
    const emit: Emitter = moves ? within : before;
    const outputs = kernels.get(node.kernel)!.lower(node.inputs.map(read), node, emit);
    node.outputs.forEach((value, index) => {
      names.set(value, outputs[index]!);
      if (moves) moving.add(value);
    });
  }

  // Every output of the body has a name of its own: the node that makes it writes it under that name, and an Identity
  // only what no node of the body makes, or what is an output already.
  const made = new Set(inside.flatMap(({ output }) => output));
  const renamed = new Map<string, string>();
  const out = (name: string): string => {
    const source = read(step.results[name]!);
    const given = `out:${name}`;
    if (made.has(source) && !renamed.has(source)) renamed.set(source, given);
    else inside.push({ input: [source], output: [given], opType: 'Identity', domain: '', attribute: [] });
    return given;
  };
  const stateNames = states.map(nameOf);
  const collected = Object.keys(step.results).filter((name) => !stateNames.includes(name));
  const scalarInfo = (name: string, elemType: number): ValueInfoProto => ({
    name,
    type: { tensorType: { elemType, shape: { dim: [] } } },
  });
  const [INT64, BOOL] = [7, 9];
  inside.push({ input: ['going'], output: ['go on'], opType: 'Identity', domain: '', attribute: [] });
  const bodyOutputs = [...stateNames, ...collected].map((name) => valueInfo(out(name), step.results[name]!));
  const now = (name: string): string => renamed.get(name) ?? name;
  const body = {
    name: 'step',
    initializer: [],
    input: [
      scalarInfo('iteration', INT64),
      scalarInfo('going', BOOL),
      ...states.map((value) => valueInfo(`in:${nameOf(value)}`, value)),
    ],
    output: [scalarInfo('go on', BOOL), ...bodyOutputs],
    node: inside.map((node) => ({ ...node, input: node.input.map(now), output: node.output.map(now) })),
  };
  const always = parts.constant(Uint8Array.of(1), []);
  const attribute: AttributeProto = { name: 'body', type: GRAPH, g: body };
  outside.push({
    input: ['steps', always, ...stateNames],
    output: [...stateNames, ...collected].map((name) => `result:${name}`),
    opType: 'Loop',
    domain: '',
    attribute: [attribute],
  });
  const indexInfo = valueInfo('indices', { shape: indices, dtype: 'int32' }, ['S']);
  return encodeModel({
    name: 'training',
    node: outside,
    initializer: parts.initializers,
    input: [
      scalarInfo('steps', INT64),
      indexInfo,
      ...step.inputs.map((value) => {
        const role = roleOf(value);
        // Resident data: as many rows as there are, without the axes of the population and the batch.
        if (role === 'sample') {
          const rest = value.shape.slice(indices.length);
          return valueInfo(nameOf(value), { ...value, shape: rest }, ['N']);
        }
        return valueInfo(nameOf(value), value, role === 'step' ? ['S'] : []);
      }),
    ],
    output: [...stateNames, ...collected].map((name) =>
      valueInfo(`result:${name}`, step.results[name]!, stateNames.includes(name) ? [] : ['S']),
    ),
  });
}

import type { TracedConstant } from '../../../tensor/index.js';
import { POPULATION, type Value } from '../graph/graph.js';
import { ONNX_TYPES } from '../kernels/selection.js';
import type { Emitter, OnnxAttribute } from './emitter.js';
import type { AttributeProto, NodeProto, TensorProto, ValueInfoProto } from './protobuf.js';

const INT64 = 7;

/** Number of an attribute's type in the format. */
const ATTRIBUTE_TYPES = { float: 1, int: 2, text: 3, graph: 5, ints: 7 } as const;

const encoder = new TextEncoder();

export function attributeProto(name: string, attribute: OnnxAttribute): AttributeProto {
  if ('int' in attribute) return { name, type: ATTRIBUTE_TYPES.int, i: attribute.int };
  if ('ints' in attribute) return { name, type: ATTRIBUTE_TYPES.ints, ints: attribute.ints };
  if ('float' in attribute) return { name, type: ATTRIBUTE_TYPES.float, f: attribute.float };
  return { name, type: ATTRIBUTE_TYPES.text, s: encoder.encode(attribute.text) };
}

/** Type of a value, with extra axes in front: a number, or a name for an extent known only at run time. */
export function valueInfo(
  name: string,
  value: Pick<Value, 'shape' | 'dtype'>,
  front: readonly (number | string)[] = [],
): ValueInfoProto {
  const axes = [...front, ...value.shape.map((extent) => (extent === POPULATION ? 'K' : extent))];
  const dim = axes.map((axis) => (typeof axis === 'string' ? { dimParam: axis } : { dimValue: axis }));
  return { name, type: { tensorType: { elemType: ONNX_TYPES[value.dtype], shape: { dim } } } };
}

/** Everything that the graphs of one model share: fresh names, and constants, each written once. */
export interface ModelParts {
  fresh(): string;
  readonly initializers: TensorProto[];
  /** Name of a constant. */
  constant(values: TracedConstant | BigInt64Array, shape: readonly number[]): string;
}

export function createModelParts(): ModelParts {
  const initializers: TensorProto[] = [];
  const names = new Map<string, string>();
  let count = 0;
  const fresh = (): string => `v${count++}`;
  const typeOf = (values: TracedConstant | BigInt64Array): number => {
    if (values instanceof Float32Array) return ONNX_TYPES.float32;
    if (values instanceof Int32Array) return ONNX_TYPES.int32;
    return values instanceof BigInt64Array ? INT64 : ONNX_TYPES.bool;
  };
  return {
    fresh,
    initializers,
    constant: (values, shape) => {
      const rawData = new Uint8Array(
        values.buffer.slice(values.byteOffset, values.byteOffset + values.byteLength),
      );
      const key = `${typeOf(values)} ${shape.join(',')} ${Buffer.from(rawData).toString('latin1')}`;
      const known = names.get(key);
      if (known !== undefined) return known;
      const name = `c${initializers.length}`;
      names.set(key, name);
      initializers.push({ name, dims: shape, dataType: typeOf(values), rawData });
      return name;
    },
  };
}

/** An emitter that appends to a list of nodes. */
export function emitterInto(nodes: NodeProto[], parts: ModelParts): Emitter {
  const ops: Emitter['ops'] = (type, inputs, outputs, attributes = {}) => {
    const [operator, domain] = type.includes(':') ? type.split(':').reverse() : [type, ''];
    const names = Array.from({ length: outputs }, parts.fresh);
    nodes.push({
      input: inputs,
      output: names,
      opType: operator!,
      domain: domain!,
      attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
    });
    return names;
  };
  return {
    ops,
    op: (type, inputs, attributes) => ops(type, inputs, 1, attributes)[0]!,
    float: (value) => parts.constant(Float32Array.of(value), []),
    filled: (value, shape) => {
      const size = shape.reduce((product, extent) => product * extent, 1);
      return parts.constant(new Float32Array(size).fill(value), shape);
    },
    ints: (values) => parts.constant(BigInt64Array.from(values, BigInt), [values.length]),
  };
}

/** The name of a value that is a constant. */
export function constantName(value: Value, parts: ModelParts): string {
  if (value.origin.kind !== 'constant') throw new Error('not a constant');
  return parts.constant(value.origin.values, value.shape);
}

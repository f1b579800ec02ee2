import protobuf from 'protobufjs';

const field = (id: number, type: string, repeated = false) => ({
  id,
  type,
  ...(repeated ? { rule: 'repeated' } : {}),
});

/**
 * The messages of the ONNX format that a model needs (onnx.proto, version 1.17). Only the fields that are written
 * here; readers skip what is absent.
 */
const messages = {
  ModelProto: {
    irVersion: field(1, 'int64'),
    producerName: field(2, 'string'),
    graph: field(7, 'GraphProto'),
    opsetImport: field(8, 'OperatorSetIdProto', true),
  },
  OperatorSetIdProto: { domain: field(1, 'string'), version: field(2, 'int64') },
  GraphProto: {
    node: field(1, 'NodeProto', true),
    name: field(2, 'string'),
    initializer: field(5, 'TensorProto', true),
    input: field(11, 'ValueInfoProto', true),
    output: field(12, 'ValueInfoProto', true),
  },
  NodeProto: {
    input: field(1, 'string', true),
    output: field(2, 'string', true),
    name: field(3, 'string'),
    opType: field(4, 'string'),
    attribute: field(5, 'AttributeProto', true),
    domain: field(7, 'string'),
  },
  AttributeProto: {
    name: field(1, 'string'),
    f: field(2, 'float'),
    i: field(3, 'int64'),
    s: field(4, 'bytes'),
    g: field(6, 'GraphProto'),
    ints: field(8, 'int64', true),
    type: field(20, 'int32'),
  },
  TensorProto: {
    dims: field(1, 'int64', true),
    dataType: field(2, 'int32'),
    name: field(8, 'string'),
    rawData: field(9, 'bytes'),
  },
  ValueInfoProto: { name: field(1, 'string'), type: field(2, 'TypeProto') },
  TypeProto: { tensorType: field(1, 'TensorTypeProto') },
  TensorTypeProto: { elemType: field(1, 'int32'), shape: field(2, 'TensorShapeProto') },
  TensorShapeProto: { dim: field(1, 'DimensionProto', true) },
  DimensionProto: { dimValue: field(1, 'int64'), dimParam: field(2, 'string') },
};

export interface NodeProto {
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly opType: string;
  readonly domain: string;
  readonly attribute: readonly AttributeProto[];
}

export interface AttributeProto {
  readonly name: string;
  readonly type: number;
  readonly f?: number;
  readonly i?: number;
  readonly s?: Uint8Array;
  readonly g?: GraphProto;
  readonly ints?: readonly number[];
}

export interface TensorProto {
  readonly name: string;
  readonly dims: readonly number[];
  readonly dataType: number;
  readonly rawData: Uint8Array;
}

export interface ValueInfoProto {
  readonly name: string;
  readonly type: {
    readonly tensorType: {
      readonly elemType: number;
      readonly shape: {
        readonly dim: readonly ({ readonly dimValue: number } | { readonly dimParam: string })[];
      };
    };
  };
}

export interface GraphProto {
  readonly name: string;
  readonly node: readonly NodeProto[];
  readonly initializer: readonly TensorProto[];
  readonly input: readonly ValueInfoProto[];
  readonly output: readonly ValueInfoProto[];
}

/** Versions of the operator sets that the lowering rules are written for. */
const OPERATOR_SETS = [
  { domain: '', version: 18 },
  { domain: 'com.microsoft', version: 1 },
  { domain: 'com.microsoft.nchwc', version: 1 },
];
/** Version of the format that belongs to operator set 18. */
const FORMAT_VERSION = 8;

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(Object.entries(messages).map(([name, fields]) => [name, { fields }])),
});
const model = root.lookupType('ModelProto');

/** A graph as the bytes of an ONNX model. */
export function encodeModel(graph: GraphProto): Uint8Array {
  const message = { irVersion: FORMAT_VERSION, producerName: 'lossmith', graph, opsetImport: OPERATOR_SETS };
  return model.encode(model.fromObject(message)).finish();
}

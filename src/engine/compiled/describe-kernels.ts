import { addNode } from './graph/add-node.js';
import { nodesOf, type Node, type Value } from './graph/graph.js';
import type { Kernel } from './kernels/kernel.js';
import { createModelParts, emitterInto } from './onnx/graph-writer.js';
import type { NodeProto } from './onnx/protobuf.js';

const COLUMNS = [
  'kernel',
  'reads',
  'shapes, for example',
  'members',
  'images',
  'in the runtime',
  'tested calls',
];

/**
 * The kernels that can be compiled as a Markdown table; docs/compiled-engine.md ends with it.
 * @param calls of kernels in tests: their shapes are the examples, and what they become is what the runtime sees
 */
export function describeKernels(kernels: readonly Kernel[], calls: readonly Node[]): string {
  const rows = kernels
    .filter(({ internal }) => internal !== true)
    .map((kernel) => {
      const { name, inputs, batch, block } = kernel;
      const own = calls.filter((call) => call.kernel === name);
      const constant = name === 'Fill' || name === 'ZerosLike' || name === 'OnesLike';
      return [
        name,
        inputs === 'list' ? 'a list' : inputs.length === 0 ? 'nothing' : inputs.join(', '),
        own[0] === undefined ? '' : shapesOf(own[0]),
        constant ? 'a constant' : batch === undefined ? 'one by one' : 'side by side',
        block === undefined ? 'plain' : 'in blocks',
        [...new Set(own.flatMap((call) => operatorsOf(kernel, call)))].join(', '),
        `${own.length}`,
      ];
    });
  const rule = COLUMNS.map(() => '---');
  return [COLUMNS, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

const shapeText = ({ shape }: Value): string => `[${shape.join(', ')}]`;

const shapesOf = ({ inputs, outputs }: Node): string =>
  `${inputs.map(shapeText).join(' ')} → ${outputs.map(shapeText).join(' ')}`;

/** Operators of ONNX that a call becomes; of a kernel that is written in others, those others. */
function operatorsOf(kernel: Kernel, { inputs, attributes, ...node }: Node): readonly string[] {
  if (kernel.expand !== undefined) {
    const result = kernel.expand(inputs, attributes, addNode);
    return nodesOf({ inputs: [], results: { result } }).map((one) => one.kernel);
  }
  const written: NodeProto[] = [];
  const emit = emitterInto(written, createModelParts());
  kernel.lower(
    inputs.map((_, index) => `x${index}`),
    { inputs, attributes, ...node },
    emit,
  );
  return written.map(({ domain, opType }) => (domain === '' ? opType : `${opType} (${domain})`));
}

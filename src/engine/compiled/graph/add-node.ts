import { kernels } from '../kernels/registry.js';
import type { AddNode } from '../kernels/kernel.js';
import type { Node, Value } from './graph.js';

/** A new node, its outputs shaped by the kernel's rule. Attributes are plain already. */
export const addNode: AddNode = (name, inputs, attributes = {}) => {
  const outputs: Value[] = [];
  const node: Node = { kernel: name, inputs, attributes, outputs };
  for (const { shape, dtype } of kernels.get(name)!.shape(inputs, attributes)) {
    outputs.push({ shape, dtype, origin: { kind: 'node', node } });
  }
  return outputs;
};

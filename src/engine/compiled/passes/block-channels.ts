import type { Graph, Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';
import type { ChannelBlocks } from '../kernels/kernel.js';
import { kernels } from '../kernels/registry.js';

/**
 * Images go in blocks of channels from the first convolution to the last: the runtime's convolutions are up to twice
 * as fast on them. Every kernel has its rule; where one wants plain images, a conversion stands between. Both forms of
 * an image are written down here; the one that nobody reads is dead code.
 * @param size channels in a block
 */
export function blockChannels(graph: Graph, size: number): Graph {
  const inBlocks = new Map<Value, Value>();
  const converted = new Map<Value, Value>();
  const blocks: ChannelBlocks = {
    size,
    has: (value) => inBlocks.has(value),
    of: (value) => {
      const known = inBlocks.get(value) ?? converted.get(value) ?? addNode('ToBlocks', [value], { size })[0]!;
      converted.set(value, known);
      return known;
    },
  };
  return rewrite(graph, (node, inputs) => {
    const result = kernels.get(node.kernel)!.block?.(inputs, node.attributes, blocks, addNode);
    if (result === undefined) return renewed(node, inputs);
    if ('plain' in result) return [result.plain];
    const plain = addNode('FromBlocks', [result.blocked])[0]!;
    inBlocks.set(plain, result.blocked);
    return [plain];
  });
}

import { made, type Graph, type Value } from '../graph/graph.js';
import { addNode } from '../graph/add-node.js';
import { readersOf } from '../graph/readers-of.js';
import { renewed } from '../graph/renewed.js';
import { rewrite } from '../graph/rewrite.js';

/**
 * Signs move out of products and quotients and become part of sums: derivatives leave many behind. Rounding is
 * symmetric, so every number stays what it was; a zero may change its sign.
 */
export function moveSigns(graph: Graph): Graph {
  const readers = readersOf(graph);
  const add = (kernel: string, ...inputs: readonly Value[]): Value => addNode(kernel, inputs)[0]!;
  return rewrite(graph, (node, inputs) => {
    /** x where an operand is −x, and nobody else reads −x. */
    const negated = (index: number): Value | undefined => {
      const negation = made(inputs[index], 'Neg');
      return readers.get(node.inputs[index]!) === 1 ? negation?.inputs[0] : undefined;
    };
    const [a, b] = inputs as [Value, Value];
    switch (node.kernel) {
      case 'Multiply':
      case 'RealDiv': {
        const [x, y] = [negated(0), negated(1)];
        if (x !== undefined && y !== undefined) return [add(node.kernel, x, y)];
        if (x !== undefined) return [add('Neg', add(node.kernel, x, b))];
        if (y !== undefined) return [add('Neg', add(node.kernel, a, y))];
        break;
      }
      case 'Add': {
        const [x, y] = [negated(0), negated(1)];
        if (y !== undefined) return [add('Sub', a, y)];
        if (x !== undefined) return [add('Sub', b, x)];
        break;
      }
      case 'Sub': {
        const [x, y] = [negated(0), negated(1)];
        if (y !== undefined) return [add('Add', a, y)];
        if (x !== undefined) return [add('Neg', add('Add', x, b))];
        break;
      }
      case 'Neg': {
        const difference = made(a, 'Sub');
        if (difference !== undefined && readers.get(node.inputs[0]!) === 1) {
          return [add('Sub', difference.inputs[1]!, difference.inputs[0]!)];
        }
        break;
      }
      case 'Abs':
      case 'Square': {
        const negation = made(a, 'Neg');
        if (negation !== undefined) return [add(node.kernel, negation.inputs[0]!)];
        break;
      }
    }
    return renewed(node, inputs);
  });
}

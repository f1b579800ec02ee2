import type { TracedConstant, TracedType } from '../../../tensor/index.js';

/**
 * Extent of the population axis: how many members train together is known only when a graph runs. It stands first
 * in the shape of a batched value, and nowhere else.
 */
export const POPULATION = -1;

/** A tensor of a graph. Compared by identity. */
export interface Value {
  readonly shape: readonly number[];
  readonly dtype: TracedType;
  readonly origin: Origin;
}

export type Origin =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly values: TracedConstant }
  | { readonly kind: 'node'; readonly node: Node };

/** One call of a kernel. */
export interface Node {
  /** Name of the kernel, as in TensorFlow.js. */
  readonly kernel: string;
  readonly inputs: readonly Value[];
  /** Plain JSON; what it means is the kernel's business. */
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
}

export type Attributes = Readonly<Record<string, unknown>>;

/** A pure function of tensors. Nodes are found from the results, so dead code does not exist. */
export interface Graph {
  readonly inputs: readonly Value[];
  readonly results: Readonly<Record<string, Value>>;
}

export const input = (name: string, shape: readonly number[], dtype: TracedType = 'float32'): Value => ({
  shape,
  dtype,
  origin: { kind: 'input', name },
});

export const constant = (
  values: TracedConstant,
  shape: readonly number[],
  dtype: TracedType = 'float32',
): Value => ({ shape, dtype, origin: { kind: 'constant', values } });

/** The node of a value that a node made. */
export const nodeOf = (value: Value): Node | undefined =>
  value.origin.kind === 'node' ? value.origin.node : undefined;

/** The node of a value, where it is of that kernel. */
export function made(value: Value | undefined, kernel: string): Node | undefined {
  const node = value === undefined ? undefined : nodeOf(value);
  return node?.kernel === kernel ? node : undefined;
}

/** Whether a value has the population axis. */
export const isBatched = (value: Value): boolean => value.shape[0] === POPULATION;

/** The nodes that the results need, each after all that it reads. */
export function nodesOf(graph: Graph): readonly Node[] {
  const ordered: Node[] = [];
  const seen = new Set<Node>();
  // A stack of its own: a traced step can be deeper than the call stack.
  const stack: { readonly node: Node; next: number }[] = [];
  const visit = (value: Value): void => {
    const node = nodeOf(value);
    if (node === undefined || seen.has(node)) return;
    seen.add(node);
    stack.push({ node, next: 0 });
  };
  for (const result of Object.values(graph.results)) {
    visit(result);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const read = top.node.inputs[top.next++];
      if (read !== undefined) visit(read);
      else ordered.push(stack.pop()!.node);
    }
  }
  return ordered;
}

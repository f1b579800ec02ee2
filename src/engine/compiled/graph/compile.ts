import { share } from '../passes/share.js';
import { simplify } from '../passes/simplify.js';
import { canVectorise, vectorise } from '../passes/vectorise.js';
import { nodesOf, type Graph } from './graph.js';

/** A graph after one of the passes. */
export interface Stage {
  /** `traced`, or the name of the pass. */
  readonly pass: string;
  readonly graph: Graph;
}

/** A graph ready to be written: for one member, or for a population. */
export interface Compiled {
  readonly graph: Graph;
  /** Whether inputs and results have the population axis. */
  readonly batched: boolean;
  /** All that it went through, the traced graph first. */
  readonly stages: readonly Stage[];
}

const size = (graph: Graph): number => nodesOf(graph).length;

/** Simplifies and shares until neither finds anything: what one leaves behind the other may use. */
function cleaned(stages: readonly Stage[]): readonly Stage[] {
  const before = stages.at(-1)!.graph;
  const simple = simplify(before);
  const shared = share(simple);
  const now: readonly Stage[] = [
    ...stages,
    { pass: 'simplify', graph: simple },
    { pass: 'share', graph: shared },
  ];
  return size(shared) < size(before) ? cleaned(now) : now;
}

/**
 * Runs the passes, each graph → graph: the traced step is simplified and, where every kernel can, vectorised over a
 * population.
 * @param shared inputs that all members have in common
 */
export function compile(traced: Graph, shared: ReadonlySet<string>): Compiled {
  const single = cleaned([{ pass: 'traced', graph: traced }]);
  const { graph } = single.at(-1)!;
  if (!canVectorise(graph)) return { graph, batched: false, stages: single };
  const wide = cleaned([...single, { pass: 'vectorise', graph: vectorise(graph, shared) }]);
  return { graph: wide.at(-1)!.graph, batched: true, stages: wide };
}

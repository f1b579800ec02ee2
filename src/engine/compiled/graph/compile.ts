import type { Graph } from './graph.js';
import { share } from '../passes/share.js';
import { simplify } from '../passes/simplify.js';
import { canVectorise, vectorise } from '../passes/vectorise.js';

/** A graph ready to be written: for one member, or for a population. */
export interface Compiled {
  readonly graph: Graph;
  /** Whether inputs and results have the population axis. */
  readonly batched: boolean;
}

/** The passes in their order, each graph → graph. */
export function optimise(graph: Graph): Graph {
  return share(simplify(share(simplify(graph))));
}

/**
 * Simplifies a traced graph and, where every kernel can, vectorises it over a population.
 * @param shared inputs that all members have in common
 */
export function compile(traced: Graph, shared: ReadonlySet<string>): Compiled {
  const simple = optimise(traced);
  if (!canVectorise(simple)) return { graph: simple, batched: false };
  return { graph: optimise(vectorise(simple, shared)), batched: true };
}

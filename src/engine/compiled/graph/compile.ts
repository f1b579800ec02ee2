import { blockChannels } from '../passes/block-channels.js';
import { fold } from '../passes/fold.js';
import { fuseConvolutions } from '../passes/fuse-convolutions.js';
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

/** Folds, simplifies and shares until none finds anything: what one leaves behind another may use. */
function cleaned(stages: readonly Stage[]): readonly Stage[] {
  const before = stages.at(-1)!.graph;
  const folded = fold(before);
  const simple = simplify(folded);
  const shared = share(simple);
  const now: readonly Stage[] = [
    ...stages,
    { pass: 'fold', graph: folded },
    { pass: 'simplify', graph: simple },
    { pass: 'share', graph: shared },
  ];
  return size(shared) < size(before) ? cleaned(now) : now;
}

function inBlocks(stages: readonly Stage[], block: number): readonly Stage[] {
  const { graph } = stages.at(-1)!;
  const blocked = cleaned([...stages, { pass: 'block channels', graph: blockChannels(graph, block) }]);
  return [...blocked, { pass: 'fuse convolutions', graph: fuseConvolutions(blocked.at(-1)!.graph) }];
}

/**
 * Runs the passes, each graph → graph: the traced step is simplified and, where every kernel can, vectorised over a
 * population. Where it cannot there are images, which go in blocks of channels.
 * @param shared inputs that all members have in common
 * @param block channels in a block; undefined where the runtime has no kernels for images in blocks
 */
export function compile(traced: Graph, shared: ReadonlySet<string>, block: number | undefined): Compiled {
  const single = cleaned([{ pass: 'traced', graph: traced }]);
  const { graph } = single.at(-1)!;
  if (!canVectorise(graph)) {
    const stages = block === undefined ? single : inBlocks(single, block);
    return { graph: stages.at(-1)!.graph, batched: false, stages };
  }
  const wide = cleaned([...single, { pass: 'vectorise', graph: vectorise(graph, shared) }]);
  return { graph: wide.at(-1)!.graph, batched: true, stages: wide };
}

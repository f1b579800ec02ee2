import { blockChannels } from '../passes/block-channels.js';
import { dropUnitAxes } from '../passes/drop-unit-axes.js';
import { expand } from '../passes/expand.js';
import { fold } from '../passes/fold.js';
import { fuseConvolutions } from '../passes/fuse-convolutions.js';
import { joinBias } from '../passes/join-bias.js';
import { moveSigns } from '../passes/move-signs.js';
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
  /** Inputs whose rows have a column of ones at the end now. */
  readonly withOnes: ReadonlySet<string>;
  /** All that it went through, the traced graph first. */
  readonly stages: readonly Stage[];
}

const size = (graph: Graph): number => nodesOf(graph).length;

type Pass = readonly [name: string, run: (graph: Graph) => Graph];

const runPasses = (stages: readonly Stage[], passes: readonly Pass[]): readonly Stage[] =>
  passes.reduce((done, [pass, run]) => [...done, { pass, graph: run(done.at(-1)!.graph) }], stages);

const CLEANING: readonly Pass[] = [
  ['fold', fold],
  ['simplify', simplify],
  ['move signs', moveSigns],
  ['share', share],
];

/** Writes kernels as the runtime computes them best. */
const WRITING: readonly Pass[] = [
  ['expand', expand],
  ['drop unit axes', dropUnitAxes],
];

/** Runs the cleaning passes until none finds anything: what one leaves behind another may use. */
function cleaned(stages: readonly Stage[]): readonly Stage[] {
  const now = runPasses(stages, CLEANING);
  return size(now.at(-1)!.graph) < size(stages.at(-1)!.graph) ? cleaned(now) : now;
}

function inBlocks(stages: readonly Stage[], block: number): readonly Stage[] {
  const blocked = cleaned(runPasses(stages, [['block channels', (graph) => blockChannels(graph, block)]]));
  return runPasses(blocked, [['fuse convolutions', fuseConvolutions]]);
}

export interface CompileOptions {
  /** Inputs that are rows of data. */
  readonly samples: ReadonlySet<string>;
  /** Inputs that all members have in common. */
  readonly shared: ReadonlySet<string>;
  /** Channels in a block; undefined where the runtime has no kernels for images in blocks. */
  readonly block: number | undefined;
}

/**
 * Runs the passes, each graph → graph: the traced step is simplified and, where every kernel can, vectorised over a
 * population. Where it cannot there are images, which go in blocks of channels.
 */
export function compile(traced: Graph, { samples, shared, block }: CompileOptions): Compiled {
  const simple = cleaned([{ pass: 'traced', graph: traced }]);
  const { graph } = simple.at(-1)!;
  if (!canVectorise(graph)) {
    const single = cleaned(runPasses(simple, WRITING));
    const stages = block === undefined ? single : inBlocks(single, block);
    return { graph: stages.at(-1)!.graph, batched: false, withOnes: new Set(), stages };
  }
  const { graph: joined, withOnes } = joinBias(graph, samples);
  const single = cleaned(runPasses([...simple, { pass: 'join bias', graph: joined }], WRITING));
  const stages = cleaned(runPasses(single, [['vectorise', (one) => vectorise(one, shared)]]));
  return { graph: stages.at(-1)!.graph, batched: true, withOnes, stages };
}

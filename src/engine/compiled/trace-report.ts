import type { EngineProblem } from '../engine.js';
import { channelBlock } from './channel-block.js';
import { compile } from './graph/compile.js';
import { nodesOf } from './graph/graph.js';
import { graphFlops, printGraph } from './graph/print-graph.js';
import { graphProblem } from './graph-problem.js';
import { trainingProgram } from './programs.js';

/** A graph of a training step after one pass. */
export interface TraceStage {
  readonly pass: string;
  readonly nodes: number;
  /** Floating-point operations of one step of one member, estimated. */
  readonly flops: number;
  readonly text: string;
}

/**
 * The training step of a problem before and after each pass of the compiler.
 * @throws UserError `untraceable`
 */
export async function traceReport(problem: EngineProblem): Promise<readonly TraceStage[]> {
  const { step, roles, shared } = trainingProgram(graphProblem(problem));
  const samples = new Set(Object.keys(roles).filter((name) => roles[name] === 'sample'));
  // As members with one seed train, and a member alone.
  const common = new Set([...shared, ...samples]);
  return compile(step, { samples, shared: common, block: await channelBlock() }).stages.map(
    ({ pass, graph }) => ({
      pass,
      nodes: nodesOf(graph).length,
      flops: graphFlops(graph),
      text: printGraph(graph),
    }),
  );
}

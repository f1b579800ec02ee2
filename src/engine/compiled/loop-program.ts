import type { Tensor } from 'onnxruntime-node';
import { nodesOf, POPULATION, type Graph } from './graph/graph.js';
import { compile } from './graph/compile.js';
import { memberSize } from './kernels/shapes.js';
import { feedOf, indicesOf, inputName, memberOf, type Arrays, type MemberArrays } from './loop-feeds.js';
import { loopModel, type InputRole } from './onnx/loop-model.js';
import { channelBlock } from './channel-block.js';
import { loadRuntime } from './runtime.js';

/** A function of tensors that runs once for each step of a chunk, for one member or many. */
export interface ProgramSource {
  /** For one member. */
  readonly step: Graph;
  readonly roles: Readonly<Record<string, InputRole>>;
  /** Inputs, by name, that all members have in common. */
  readonly shared: ReadonlySet<string>;
  /** Whether all members of a run read the same samples: then these are gathered once. */
  readonly sameSamples: boolean;
  /** Samples of one step. */
  readonly batchSize: number;
}

export interface LoopProgram {
  /** Whether members run side by side in one graph. */
  readonly batched: boolean;
  /**
   * Runs all members through the same number of steps, as many side by side as memory allows.
   * @param resident rows of the data, and what all members share, by name of the input
   * @returns by member: the results by name; collected ones have the steps in front
   */
  run(steps: number, resident: Arrays, members: readonly MemberArrays[]): Promise<readonly Arrays[]>;
  dispose(): Promise<void>;
}

/**
 * Compiles a step into a session of the runtime.
 * @param threads of one run
 */
export async function createLoopProgram(source: ProgramSource, threads: number): Promise<LoopProgram> {
  const { step, roles, sameSamples, batchSize } = source;
  const samples = step.inputs.map(inputName).filter((name) => roles[name] === 'sample');
  const { graph, batched, withOnes } = compile(step, {
    samples: new Set(samples),
    shared: new Set([...source.shared, ...(sameSamples ? samples : [])]),
    block: await channelBlock(),
  });
  const ownSamples = batched && !sameSamples;
  const model = loopModel({
    step: graph,
    roles,
    indices: ownSamples ? [POPULATION, batchSize] : [batchSize],
  });
  const runtime = await loadRuntime();
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const states = graph.inputs.map(inputName).filter((name) => roles[name] === 'state');

  const runCohort = async (
    steps: number,
    resident: Arrays,
    members: readonly MemberArrays[],
  ): Promise<readonly Arrays[]> => {
    const feeds: Record<string, Tensor> = {
      steps: new runtime.Tensor('int64', BigInt64Array.of(BigInt(steps)), []),
      indices: new runtime.Tensor('int32', indicesOf(ownSamples ? members : members.slice(0, 1), steps), [
        steps,
        ...(ownSamples ? [members.length] : []),
        batchSize,
      ]),
    };
    for (const value of graph.inputs) {
      const name = inputName(value);
      const { values, shape } = feedOf(value, roles[name]!, { batched, steps, resident, members, withOnes });
      feeds[name] = new runtime.Tensor('float32', values, [...shape]);
    }
    const wanted = new Set(session.inputNames);
    const outputs = await session.run(
      Object.fromEntries(Object.entries(feeds).filter(([name]) => wanted.has(name))),
    );
    return members.map((_, member) =>
      Object.fromEntries(
        Object.keys(graph.results).map((name) => {
          const values = outputs[`result:${name}`]!.data as Float32Array;
          return [name, memberOf(values, member, members.length, states.includes(name) ? 1 : steps)];
        }),
      ),
    );
  };

  return {
    batched,
    run: async (steps, resident, members) => {
      const most = batched ? largestCohort(graph) : 1;
      const results: Arrays[] = [];
      for (let start = 0; start < members.length; start += most) {
        results.push(...(await runCohort(steps, resident, members.slice(start, start + most))));
      }
      return results;
    },
    dispose: () => session.release(),
  };
}

/** Memory that the values of one step may take, in bytes. */
const MEMORY_BUDGET = 256 * 2 ** 20;

/** Most members whose values fit into the budget together, were none of them freed; at least one. */
function largestCohort(graph: Graph): number {
  const values = nodesOf(graph).flatMap(({ outputs }) => outputs);
  const bytes = values.reduce((sum, { shape }) => sum + 4 * memberSize(shape), 0);
  return Math.max(1, Math.floor(MEMORY_BUDGET / Math.max(1, bytes)));
}

import type { Tensor } from 'onnxruntime-node';
import { isBatched, nodesOf, POPULATION, type Graph, type Value } from './graph/graph.js';
import { compile } from './graph/compile.js';
import { memberSize } from './kernels/shapes.js';
import { loopModel, type InputRole } from './onnx/loop-model.js';
import { channelBlock } from './channel-block.js';
import { loadRuntime } from './runtime.js';

/** A function of tensors that runs once for each step of a chunk, for one member or many. */
export interface ProgramSource {
  /** For one member. */
  readonly step: Graph;
  readonly roles: Readonly<Record<string, InputRole>>;
  readonly shared: ReadonlySet<string>;
  /** Samples of one step. */
  readonly batchSize: number;
}

/** Values by name. State and results of a member have no population axis. */
export type Arrays = Readonly<Record<string, Float32Array>>;

/** What one member brings to a run. */
export interface MemberArrays {
  /** By the names of the step's inputs: state, fixed ones, and step ones with the steps in front. */
  readonly arrays: Arrays;
  /** [S, batch] */
  readonly indices: Int32Array;
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

type Runtime = Awaited<ReturnType<typeof loadRuntime>>;

/**
 * Compiles a step into a session of the runtime.
 * @param threads of one run
 */
export async function createLoopProgram(source: ProgramSource, threads: number): Promise<LoopProgram> {
  const { roles, shared, batchSize } = source;
  const { graph, batched } = compile(source.step, shared, await channelBlock());
  const model = loopModel({ step: graph, roles, indices: batched ? [POPULATION, batchSize] : [batchSize] });
  const runtime = await loadRuntime();
  const session = await runtime.InferenceSession.create(model, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const states = graph.inputs.filter((value) => roleOf(value, roles) === 'state').map(nameOf);

  const runCohort = async (
    steps: number,
    resident: Arrays,
    members: readonly MemberArrays[],
  ): Promise<readonly Arrays[]> => {
    const feeds: Record<string, Tensor> = {
      steps: new runtime.Tensor('int64', BigInt64Array.of(BigInt(steps)), []),
      indices: new runtime.Tensor(
        'int32',
        interleaved(
          members.map(({ indices }) => indices),
          steps,
        ),
        [steps, ...(batched ? [members.length] : []), batchSize],
      ),
    };
    for (const value of graph.inputs) {
      const name = nameOf(value);
      feeds[name] = feedOf(
        runtime,
        value,
        roleOf(value, roles),
        batched,
        steps,
        resident[name],
        members,
        name,
      );
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

const nameOf = (value: Value): string => (value.origin as { readonly name: string }).name;
const roleOf = (value: Value, roles: ProgramSource['roles']): InputRole => roles[nameOf(value)]!;

function feedOf(
  runtime: Runtime,
  value: Value,
  role: InputRole,
  batched: boolean,
  steps: number,
  resident: Float32Array | undefined,
  members: readonly MemberArrays[],
  name: string,
): Tensor {
  const member = isBatched(value) ? value.shape.slice(1) : value.shape;
  if (role === 'sample') {
    const row = member.slice(1);
    return new runtime.Tensor('float32', resident!, [resident!.length / memberSize(row), ...row]);
  }
  if (resident !== undefined) return new runtime.Tensor('float32', resident, [...member]);
  const population = batched ? [members.length] : [];
  const values = interleaved(
    members.map(({ arrays }) => arrays[name]!),
    role === 'step' ? steps : 1,
  );
  return new runtime.Tensor('float32', values, [
    ...(role === 'step' ? [steps] : []),
    ...population,
    ...member,
  ]);
}

/** [S, …] of each member → [S, members, …]. */
function interleaved<Values extends Float32Array | Int32Array>(
  parts: readonly Values[],
  rows: number,
): Values {
  const [first] = parts;
  if (parts.length === 1) return first!;
  const width = first!.length / rows;
  const whole = new (first!.constructor as new (length: number) => Values)(first!.length * parts.length);
  parts.forEach((part, position) => {
    for (let row = 0; row < rows; row++) {
      whole.set(part.subarray(row * width, (row + 1) * width), (row * parts.length + position) * width);
    }
  });
  return whole;
}

/** The inverse of {@link interleaved} for one member. */
function memberOf(values: Float32Array, member: number, members: number, rows: number): Float32Array {
  const width = values.length / rows / members;
  const own = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const start = (row * members + member) * width;
    own.set(values.subarray(start, start + width), row * width);
  }
  return own;
}

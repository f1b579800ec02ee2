import type { HostParameters } from '../../models/model.js';
import { flatten, flattenSlots, unflatten, unflattenSlots } from '../../train/flat-layout.js';
import { slotsOnly, stepsDone, withStepsDone } from '../../train/optimizer-state.js';
import { classCounts } from '../class-counts.js';
import type { ChunkInputs, ChunkResult, EngineProblem, EngineSession, MemberState } from '../engine.js';
import { graphProblem } from './graph-problem.js';
import type { Arrays, MemberArrays } from './loop-feeds.js';
import { createLoopProgram, type LoopProgram, type ProgramSource } from './loop-program.js';
import { forwardProgram, normProgram, trainingProgram } from './programs.js';
import { canVectorise } from './passes/vectorise.js';
import { countsInput, scalarInput, targetInput, thetaInput } from './step-inputs.js';

/** Samples of one step of the forward pass: fixed, so that predictions do not depend on how many are asked for. */
const PREDICTION_BATCH = 512;

/**
 * A session that runs traced steps in ONNX Runtime.
 * @param threads of each run: one, as studies use the cores with processes
 * @throws UserError `untraceable` where the step cannot be compiled
 */
export function createCompiledSession(problem: EngineProblem, threads = 1): EngineSession {
  const graph = graphProblem(problem);
  const { problem: step, layout } = graph;
  const { rule, spec } = step.optimizer;
  const counts = classCounts(problem.data);
  const resident: Arrays = {
    x: problem.data.inputs,
    ...Object.fromEntries(
      problem.data.heads.map(({ name }) => [targetInput(name), problem.data.targets[name]!]),
    ),
    ...Object.fromEntries(Object.entries(counts).map(([head, values]) => [countsInput(head), values])),
  };
  const slotSizes = step.loss.slots.map(({ size }) => size);
  // Traced at once, so that what cannot be compiled is known before anything trains; compiled when needed.
  const source = trainingProgram(graph);
  const training = lazily(source, threads);
  // Members with one seed draw the same batches.
  const trainingTogether = lazily({ ...source, sameSamples: true }, threads);
  const norms = lazily(normProgram(graph), threads);
  const forward = lazily(forwardProgram({ ...graph, batchSize: PREDICTION_BATCH }), threads);

  const vectors = (parameters: HostParameters): Arrays => valuesOf(flatten(layout, parameters));
  const batchArrays = (inputs: ChunkInputs): Arrays => ({
    weights: inputs.weights,
    ...thetaArrays(inputs, slotSizes),
  });
  const memberArrays = (state: MemberState, inputs: ChunkInputs): MemberArrays => {
    const done = stepsDone(state.optimizer);
    const scalars = Array.from(inputs.learningRates, (rate, index) =>
      rule.scalars(spec, done + index + 1, rate),
    );
    return {
      indices: inputs.indices,
      arrays: {
        ...batchArrays(inputs),
        ...vectors(state.parameters),
        ...valuesOf(flattenSlots(layout, rule.slots, slotsOnly(state.optimizer))),
        ...Object.fromEntries(
          Array.from({ length: rule.scalarCount }, (_, index) => [
            scalarInput(index),
            Float32Array.from(scalars, (row) => row[index]!),
          ]),
        ),
        lossScale: Float32Array.of(inputs.lossScale),
      },
    };
  };
  const chunkResult = (state: MemberState, steps: number, results: Arrays): ChunkResult => {
    const vector = (name: string) => ({ shape: [results[name]!.length], values: results[name]! });
    const groups = layout.map(({ name }) => name);
    const slots = rule.slots.flatMap((slot) => groups.map((name) => `${slot}/${name}`));
    const named = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, vector(name)]));
    return {
      state: {
        parameters: unflatten(layout, named(groups)),
        optimizer: withStepsDone(
          unflattenSlots(layout, rule.slots, named(slots)),
          stepsDone(state.optimizer) + steps,
        ),
      },
      losses: results['loss']!,
      headLosses: results['headLosses']!,
      perSample: results['perSample']!,
    };
  };

  return {
    train: async (members) => {
      const [first] = members;
      if (first === undefined) return [];
      const { steps } = first.inputs;
      if (members.some(({ inputs }) => inputs.steps !== steps))
        throw new Error('chunks of a cohort differ in length');
      const together = canVectorise(source.step) && sameIndices(members);
      const program = await (together ? trainingTogether : training).get();
      const results = await program.run(
        steps,
        resident,
        members.map(({ state, inputs }) => memberArrays(state, inputs)),
      );
      return members.map(({ state }, member) => chunkResult(state, steps, results[member]!));
    },
    gradientNorms: async (state, inputs) => {
      const program = await norms.get();
      const arrays = { ...batchArrays(inputs), ...vectors(state.parameters) };
      const [result] = await program.run(inputs.steps, resident, [{ arrays, indices: inputs.indices }]);
      return result!['norm']!;
    },
    predict: async (members, indices) => {
      if (members.length === 0 || indices.length === 0) {
        const nothing = problem.data.heads.map(({ name }) => [name, new Float32Array(0)] as const);
        return members.map(() => Object.fromEntries(nothing));
      }
      const program = await forward.get();
      const steps = Math.ceil(indices.length / PREDICTION_BATCH);
      // The rest of the last batch repeats sample 0 and is cut off again.
      const padded = new Int32Array(steps * PREDICTION_BATCH);
      padded.set(indices);
      const results = await program.run(
        steps,
        resident,
        members.map((parameters) => ({ arrays: vectors(parameters), indices: padded })),
      );
      return results.map((result) =>
        Object.fromEntries(
          problem.data.heads.map(({ name, outputs }) => [
            name,
            result[name]!.slice(0, indices.length * outputs),
          ]),
        ),
      );
    },
    dispose: () => {
      for (const program of [training, trainingTogether, norms, forward]) program.dispose();
    },
  };
}

/** Whether all members draw the same samples in all steps. */
function sameIndices(members: readonly { readonly inputs: ChunkInputs }[]): boolean {
  const [first, ...others] = members.map(({ inputs: { indices } }) =>
    Buffer.from(indices.buffer, indices.byteOffset, indices.byteLength),
  );
  return others.every((indices) => indices.equals(first!));
}

const valuesOf = (parameters: HostParameters): Arrays =>
  Object.fromEntries(Object.entries(parameters).map(([name, { values }]) => [name, values]));

/** θ of all steps by slot. */
function thetaArrays({ theta, steps }: ChunkInputs, sizes: readonly number[]): Arrays {
  const width = sizes.reduce((sum, size) => sum + size, 0);
  let offset = 0;
  const entries = sizes.map((size, slot): [string, Float32Array] => {
    const own = new Float32Array(steps * size);
    for (let step = 0; step < steps; step++) {
      const start = step * width + offset;
      own.set(theta.subarray(start, start + size), step * size);
    }
    offset += size;
    return [thetaInput(slot), own];
  });
  return Object.fromEntries(entries);
}

/** A program that is compiled at its first use. */
function lazily(
  source: ProgramSource,
  threads: number,
): {
  get(): Promise<LoopProgram>;
  dispose(): void;
} {
  let program: Promise<LoopProgram> | undefined;
  return {
    get: () => (program ??= createLoopProgram(source, threads)),
    dispose: () => {
      // Nobody waits for a release; a program that failed to compile has nothing to release.
      void program?.then(
        (one) => one.dispose(),
        () => undefined,
      );
    },
  };
}

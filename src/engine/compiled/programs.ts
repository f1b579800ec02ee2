import { ops, scalar, type Tensor } from '../../tensor/index.js';
import { flatTrainingStep, namedParameters } from '../../train/flat-step.js';
import { lossGradients } from '../../train/loss-gradients.js';
import { isLearned } from '../../train/parameter-names.js';
import { slotNames } from '../../train/optimizer-state.js';
import { traceGraph } from './graph/trace-graph.js';
import type { ProgramSource } from './loop-program.js';
import {
  batchOf,
  lossInputs,
  optimizerInputs,
  parameterInputs,
  pick,
  sampleInput,
  scalarInput,
  type DeclaredInputs,
  type GraphProblem,
} from './step-inputs.js';

function programOf(
  graph: GraphProblem,
  declared: DeclaredInputs,
  body: (inputs: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>,
): ProgramSource {
  const entries = Object.entries(declared);
  return {
    step: traceGraph(Object.fromEntries(entries.map(([name, { shape }]) => [name, shape])), body),
    roles: Object.fromEntries(entries.map(([name, { role }]) => [name, role])),
    sameSamples: false,
    shared: new Set(entries.filter(([, one]) => one.shared === true).map(([name]) => name)),
    batchSize: graph.batchSize,
  };
}

/**
 * A training step. Results: the state by name, and `loss`, `headLosses`, `perSample` of each step.
 * @throws UserError `untraceable`
 */
export function trainingProgram(graph: GraphProblem): ProgramSource {
  const { problem, layout } = graph;
  const { rule } = problem.optimizer;
  const groups = layout.map(({ name }) => name);
  const declared = { ...lossInputs(graph), ...optimizerInputs(graph), ...parameterInputs(graph, 'state') };
  return programOf(graph, declared, (inputs) => {
    const { parameters, optimizerState, loss, headLosses, perSample } = flatTrainingStep(problem, layout, {
      ...batchOf(graph, inputs),
      scalars: Array.from({ length: rule.scalarCount }, (_, index) => inputs[scalarInput(index)]!),
      lossScale: inputs['lossScale']!,
      parameters: pick(inputs, groups),
      optimizerState: pick(inputs, slotNames(rule, groups)),
    });
    return { ...parameters, ...optimizerState, loss, headLosses, perSample };
  });
}

/**
 * Norm of the gradient of the reduced loss over the parameters of the model, those of the loss left out. Result:
 * `norm` of each step.
 * @throws UserError `untraceable`
 */
export function normProgram(graph: GraphProblem): ProgramSource {
  const { problem, layout } = graph;
  const declared = { ...lossInputs(graph), ...parameterInputs(graph, 'fixed') };
  return programOf(graph, declared, (inputs) => {
    const vectors = pick(
      inputs,
      layout.map(({ name }) => name),
    );
    const named = namedParameters(layout, vectors);
    const { gradients } = lossGradients(problem, named, batchOf(graph, inputs), scalar(1));
    const squares = Object.entries(gradients)
      .filter(([name]) => !isLearned(name))
      .map(([, gradient]) => ops.sum(ops.square(gradient)));
    return { norm: ops.sqrt(squares.reduce((total, square) => ops.add(total, square))) };
  });
}

/**
 * Forward pass, of all members on the same samples. Results: the prediction of each head by its name, for each batch.
 * @throws UserError `untraceable`
 */
export function forwardProgram(graph: GraphProblem): ProgramSource {
  const { problem, layout } = graph;
  const declared = { ...sampleInput(graph), ...parameterInputs(graph, 'fixed') };
  const program = programOf(graph, declared, (inputs) => {
    const vectors = pick(
      inputs,
      layout.map(({ name }) => name),
    );
    const named = Object.entries(namedParameters(layout, vectors)).filter(([name]) => !isLearned(name));
    return problem.model.forward(
      problem.modelOptions,
      problem.shape,
      Object.fromEntries(named),
      inputs['x']!,
    );
  });
  return { ...program, sameSamples: true };
}

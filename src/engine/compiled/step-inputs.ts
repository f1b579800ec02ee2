import type { Tensor } from '../../tensor/index.js';
import type { FlatLayout } from '../../train/flat-layout.js';
import type { BatchInputs } from '../../train/loss-gradients.js';
import { slotNames } from '../../train/optimizer-state.js';
import type { StepProblem } from '../../train/step-problem.js';
import type { InputRole } from './onnx/loop-model.js';

/** Everything that fixes the graphs of a session. */
export interface GraphProblem {
  readonly problem: StepProblem;
  readonly layout: FlatLayout;
  readonly batchSize: number;
  /** Number of class counts by head. */
  readonly countSizes: Readonly<Record<string, number>>;
}

/** One input of a step: its shape for one member, and where it comes from. */
export interface DeclaredInput {
  readonly shape: readonly number[];
  readonly role: InputRole;
  /** The same for all members. */
  readonly shared?: true;
}

export type DeclaredInputs = Readonly<Record<string, DeclaredInput>>;

export const targetInput = (head: string): string => `target/${head}`;
export const countsInput = (head: string): string => `counts/${head}`;
export const thetaInput = (slot: number): string => `theta/${slot}`;
export const scalarInput = (index: number): string => `scalar/${index}`;

const declare = <Item>(
  items: readonly Item[],
  entry: (item: Item, index: number) => readonly [string, DeclaredInput],
): DeclaredInputs => Object.fromEntries(items.map(entry));

/** The vectors of the parameters; they are state of a training, and fixed for everything else. */
export const parameterInputs = ({ layout }: GraphProblem, role: 'state' | 'fixed'): DeclaredInputs =>
  declare(layout, ({ name, pieces }) => [
    name,
    { shape: [pieces.reduce((sum, { size }) => sum + size, 0)], role },
  ]);

/** Inputs of the samples of a batch. */
export const sampleInput = ({ problem, batchSize }: GraphProblem): DeclaredInputs => ({
  x: { shape: [batchSize, ...problem.shape.input], role: 'sample' },
});

/** What the loss of a batch reads beside the parameters. */
export function lossInputs(graph: GraphProblem): DeclaredInputs {
  const { problem, batchSize, countSizes } = graph;
  return {
    ...sampleInput(graph),
    ...declare(problem.shape.heads, ({ name, outputs }) => [
      targetInput(name),
      { shape: [batchSize, outputs], role: 'sample' },
    ]),
    weights: { shape: [batchSize], role: 'step' },
    ...declare(problem.loss.slots, ({ size }, slot) => [
      thetaInput(slot),
      { shape: size === 1 ? [] : [size], role: 'step' },
    ]),
    ...declare(Object.entries(countSizes), ([head, size]) => [
      countsInput(head),
      { shape: [size], role: 'fixed', shared: true },
    ]),
  };
}

/** What the optimizer reads and what scales the loss. */
export function optimizerInputs({ problem, layout }: GraphProblem): DeclaredInputs {
  const { rule } = problem.optimizer;
  const sizes = layout.map(({ name, pieces }) => ({
    name,
    size: pieces.reduce((sum, piece) => sum + piece.size, 0),
  }));
  return {
    ...declare(Array.from({ length: rule.scalarCount }), (_, index) => [
      scalarInput(index),
      { shape: [], role: 'step' },
    ]),
    lossScale: { shape: [], role: 'fixed' },
    ...declare(
      sizes.flatMap(({ name, size }) => slotNames(rule, [name]).map((slot) => ({ slot, size }))),
      ({ slot, size }) => [slot, { shape: [size], role: 'state' }],
    ),
  };
}

type Tensors = Readonly<Record<string, Tensor>>;

/** Traced inputs by other names. */
export const pick = (
  inputs: Tensors,
  names: readonly string[],
  key: (name: string) => string = (name) => name,
): Record<string, Tensor> => Object.fromEntries(names.map((name) => [name, inputs[key(name)]!]));

/** The batch that the traced inputs stand for. */
export function batchOf({ problem, countSizes }: GraphProblem, inputs: Tensors): BatchInputs {
  const heads = problem.shape.heads.map(({ name }) => name);
  return {
    x: inputs['x']!,
    targets: pick(inputs, heads, targetInput),
    weights: inputs['weights']!,
    theta: problem.loss.slots.map((_, slot) => inputs[thetaInput(slot)]!),
    classCounts: pick(inputs, Object.keys(countSizes), countsInput),
  };
}

import { stream, type Stream } from '../../src/core/random.js';
import type { TargetKind } from '../../src/problem/head.js';
import type { Loss, LossInputs, LossParameter } from '../../src/losses/loss.js';
import { builtinLosses } from '../../src/losses/registry.js';
import {
  dispose,
  gradients,
  ops,
  read,
  scalar,
  tensorFrom,
  tidy,
  type Tensor,
} from '../../src/tensor/index.js';
import { textsFor } from './formulas.js';
import type { Row, Theta } from './reference.js';

export type Options = Readonly<Record<string, string | number | boolean>>;

/** One implementation: a loss, a kind of target, one choice of every option. */
export interface Member {
  readonly loss: Loss;
  readonly kind: TargetKind;
  readonly options: Options;
  readonly title: string;
}

export const KINDS: readonly TargetKind[] = ['binary', 'multiclass', 'regression'];

function optionChoices(loss: Loss, kind: TargetKind): Options[] {
  return (loss.options ?? []).reduce<Options[]>(
    (all, option) => {
      const values = 'choices' in option ? option.choices : textsFor(kind);
      return all.flatMap((chosen) => values.map((value) => ({ ...chosen, [option.name]: value })));
    },
    [{}],
  );
}

export const members: readonly Member[] = builtinLosses.members.flatMap((loss) =>
  KINDS.filter((kind) => loss.perSample[kind] !== undefined).flatMap((kind) =>
    optionChoices(loss, kind).map((options) => ({
      loss,
      kind,
      options,
      title: [loss.name, kind, ...Object.entries(options).map(([name, value]) => `${name}=${value}`)].join(
        ' ',
      ),
    })),
  ),
);

/** Width of the predictions in these tests. */
export const outputsOf = (kind: TargetKind): number => ({ binary: 1, multiclass: 4, regression: 2 })[kind];
export const classesOf = (kind: TargetKind): number => (kind === 'binary' ? 2 : outputsOf(kind));
export const countsOf = (kind: TargetKind): Row => (kind === 'binary' ? [300, 40] : [500, 100, 70, 3]);

export interface Batch {
  readonly z: readonly Row[];
  readonly t: readonly Row[];
}

export function randomBatch(kind: TargetKind, samples: number, random: Stream, soft = false): Batch {
  const outputs = outputsOf(kind);
  const rows = (make: (n: number) => Row): Row[] => Array.from({ length: samples }, (_, n) => make(n));
  const normals = (scale: number): Row => Array.from({ length: outputs }, () => scale * random.normal());
  const target = (n: number): Row => {
    if (kind === 'regression') return normals(1);
    if (kind === 'binary') return [soft ? 0.1 + 0.8 * random.uniform() : n % 2];
    if (!soft) return Array.from({ length: outputs }, (_, c) => (c === n % outputs ? 1 : 0));
    const raw = Array.from({ length: outputs }, () => 0.1 + random.uniform());
    return raw.map((value) => value / raw.reduce((total, part) => total + part, 0));
  };
  return { z: rows(() => normals(1.5)), t: rows(target) };
}

/** Values of θ: the defaults, or random ones in the ranges worth searching. */
export function thetaOf(loss: Loss, kind: TargetKind, random?: Stream): Theta {
  const value = ({ typical, ...parameter }: LossParameter): number => {
    if (random === undefined || typical === undefined) return parameter.default;
    return typical[0] + (typical[1] - typical[0]) * (0.1 + 0.8 * random.uniform());
  };
  return Object.fromEntries(
    loss.parameters.map((parameter) => [
      parameter.name,
      parameter.shape === 'class'
        ? Array.from({ length: classesOf(kind) }, () => value(parameter))
        : value(parameter),
    ]),
  );
}

export const matrix = (rows: readonly Row[]): Tensor =>
  tensorFrom(Float32Array.from(rows.flat()), [rows.length, rows[0]!.length]);

const parameterTensor = (value: number | Row): Tensor =>
  typeof value === 'number' ? scalar(value) : tensorFrom(Float32Array.from(value), [value.length]);

/** The scalar Σ_n a_n·l_n as a function of the prediction and θ in the order of the registry. */
export function weightedLoss(member: Member, batch: Batch, counts: Row, sampleWeights?: Row) {
  const names = member.loss.parameters.map(({ name }) => name);
  return (prediction: Tensor, ...theta: Tensor[]): Tensor => {
    const inputs: LossInputs = {
      prediction,
      target: matrix(batch.t),
      theta: Object.fromEntries(names.map((name, index) => [name, theta[index]!])),
      options: member.options,
      ...(member.kind === 'regression'
        ? {}
        : { classCounts: tensorFrom(Float32Array.from(counts), [counts.length]) }),
    };
    const losses = member.loss.perSample[member.kind]!(inputs);
    if (sampleWeights === undefined) return losses;
    return ops.sum(ops.mul(losses, tensorFrom(Float32Array.from(sampleWeights), [sampleWeights.length])));
  };
}

const inputsOf = (member: Member, z: readonly Row[], theta: Theta): Tensor[] => [
  matrix(z),
  ...member.loss.parameters.map(({ name }) => parameterTensor(theta[name]!)),
];

/** Per-sample losses on the host. */
export function values(member: Member, batch: Batch, theta: Theta, counts = countsOf(member.kind)): number[] {
  const result = tidy(() =>
    weightedLoss(member, batch, counts)(...(inputsOf(member, batch.z, theta) as [Tensor])),
  );
  const host = [...read(result)];
  dispose(result);
  return host;
}

/** Gradients of Σ a_n·l_n: by the prediction first, then by each parameter, flattened. */
export function gradientValues(member: Member, batch: Batch, theta: Theta, sampleWeights: Row): number[][] {
  const results = tidy(() => [
    ...gradients(
      (...inputs) =>
        weightedLoss(member, batch, countsOf(member.kind), sampleWeights)(...(inputs as [Tensor])),
      inputsOf(member, batch.z, theta),
    ),
  ]);
  const host = results.map((result) => [...read(result)]);
  dispose(...results);
  return host;
}

/** H·v of the same function, where v has one direction for each input, flattened like the gradients. */
export function hessianTimes(
  member: Member,
  batch: Batch,
  theta: Theta,
  sampleWeights: Row,
  direction: readonly Row[],
): number[][] {
  const results = tidy(() => {
    const directions = direction.map((values) => Float32Array.from(values));
    const inputs = inputsOf(member, batch.z, theta);
    return [
      ...gradients((...outer) => {
        const inner = gradients(
          (...held) =>
            weightedLoss(member, batch, countsOf(member.kind), sampleWeights)(...(held as [Tensor])),
          outer,
        );
        return inner
          .map((gradient, index) =>
            ops.sum(ops.mul(gradient, tensorFrom(directions[index]!, gradient.shape))),
          )
          .reduce((total, part) => ops.add(total, part));
      }, inputs),
    ];
  });
  const host = results.map((result) => [...read(result)]);
  dispose(...results);
  return host;
}

/** The stream of one test. */
export const randomFor = (...path: readonly (string | number)[]): Stream => stream('test', 'losses', ...path);

export const closeTo = (actual: number, expected: number, relative: number, absolute: number): boolean =>
  Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);

import type { Stream } from '../core/random.js';
import { ops, type Tensor } from '../tensor/index.js';
import { activate, type ActivationName } from './activation.js';
import { glorotUniform, hiddenWeights, zeros } from './initial-weights.js';
import type { Head } from '../problem/head.js';
import type { HostTensor, Parameters } from './model.js';

/** A stack of dense layers that ends in one linear output layer for each head. */
export interface DenseStack {
  /** Units of each hidden layer; empty for a linear model. */
  readonly hidden: readonly number[];
  readonly activation: ActivationName;
}

/** Initial parameters `dense/<i>/weight|bias` and `head/<name>/weight|bias`, as entries in that order. */
export function initDense(
  stack: DenseStack,
  inputs: number,
  heads: readonly Head[],
  random: Stream,
): readonly (readonly [string, HostTensor])[] {
  const entries: [string, HostTensor][] = [];
  let width = inputs;
  stack.hidden.forEach((units, layer) => {
    const fan = { incoming: width, outgoing: units };
    entries.push([`dense/${layer}/weight`, hiddenWeights([width, units], fan, stack.activation, random)]);
    entries.push([`dense/${layer}/bias`, zeros([units])]);
    width = units;
  });
  for (const head of heads) {
    const fan = { incoming: width, outgoing: head.outputs };
    entries.push([`head/${head.name}/weight`, glorotUniform([width, head.outputs], fan, random)]);
    entries.push([`head/${head.name}/bias`, zeros([head.outputs])]);
  }
  return entries;
}

/** x [N, inputs] → one prediction [N, outputs] per head. */
export function forwardDense(
  stack: DenseStack,
  heads: readonly Head[],
  parameters: Parameters,
  x: Tensor,
): Readonly<Record<string, Tensor>> {
  const affine = (input: Tensor, layer: string): Tensor =>
    ops.add(ops.matMul(input, parameters[`${layer}/weight`]!), parameters[`${layer}/bias`]!);
  const body = stack.hidden.reduce(
    (input, _units, layer) => activate(stack.activation, affine(input, `dense/${layer}`)),
    x,
  );
  return Object.fromEntries(heads.map((head) => [head.name, affine(body, `head/${head.name}`)]));
}

import { tf } from './tfjs.js';
import type { Tensor } from './tensor-types.js';

/**
 * x_1 … x_n → the value of a scalar function and its gradients, one per input and of its shape; zeros for an input
 * that the value does not depend on. Composes: may be called inside itself, for derivatives of any order.
 * @throws Error when the body does not return a scalar, or does something that has no gradient.
 */
export function valueAndGradients(
  body: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): { readonly value: Tensor; readonly gradients: readonly Tensor[] } {
  if (inputs.length === 0) return { value: scalarValue(body, inputs), gradients: [] };
  const engine = tf.engine();
  try {
    const { value, grads } = engine.gradients(() => scalarValue(body, inputs), [...inputs], undefined, true);
    const found: readonly (Tensor | undefined)[] = grads;
    return { value, gradients: inputs.map((input, index) => found[index] ?? tf.zeros(input.shape)) };
  } catch (error) {
    // What the tape saved is kept until a backward pass ends, and none will.
    if (engine.state.gradientDepth === 0) {
      for (const node of engine.state.activeTape ?? []) for (const saved of node.saved ?? []) saved.dispose();
      engine.state.activeTape = [];
    }
    const operation = /gradient function not found for (\w+)/.exec(
      error instanceof Error ? error.message : '',
    )?.[1];
    if (operation === undefined) throw error;
    throw new Error(`TensorFlow.js has no gradient of ${operation}: every operation of ops has one`, {
      cause: error,
    });
  }
}

/** The gradients alone; see {@link valueAndGradients}. */
export function gradients(
  body: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): readonly Tensor[] {
  return tf.tidy(() => [...valueAndGradients(body, inputs).gradients]);
}

function scalarValue(body: (...inputs: Tensor[]) => Tensor, inputs: readonly Tensor[]): Tensor {
  const value = body(...inputs);
  if (value.rank === 0) return value;
  throw new Error(
    `only a scalar has gradients, and the body returned shape [${value.shape.join(', ')}]: reduce it with sum or mean`,
  );
}

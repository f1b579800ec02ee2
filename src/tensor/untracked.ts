import { tf } from './tfjs.js';
import type { Tensor } from './tensor-types.js';

/**
 * The result of some tensor operations as a constant: no gradient flows into what they read, and nothing is
 * recorded or computed for it. TensorFlow.js has no such operation: inside a custom gradient the tape is off, and
 * one without inputs is never reached by a backward pass.
 * @param compute must return a new tensor, not one that exists already.
 */
export const untracked = (compute: () => Tensor): Tensor =>
  tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))();

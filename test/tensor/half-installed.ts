/**
 * Stands for @tensorflow/tfjs-node without its library: like that, it brings the stock gradients (one of them, which
 * saves its output) before it throws.
 */
import * as tf from '@tensorflow/tfjs-core';

tf.unregisterGradient('Tanh');
tf.registerGradient({
  kernelName: 'Tanh',
  outputsToSave: [true],
  gradFunc: (dy, saved) => ({ x: () => tf.mul(tf.sub(1, tf.square(saved[0]!)), dy as tf.Tensor) }),
});
throw new Error(
  'The Node.js native addon module (tfjs_binding.node) can not be found at path: /somewhere/tfjs_binding.node.',
);

import type { GradConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { gradientRules } from './gradient-rules.js';

/**
 * Puts our gradients into the registry of TensorFlow.js, which is global to the process. The core package by itself
 * registers none in Node; @tensorflow/tfjs-node brings the stock ones, so this runs again after it is loaded. To run
 * it twice changes nothing.
 */
export function installGradients(): void {
  for (const rule of gradientRules) {
    const present = tf.getGradient(rule.kernelName) as GradConfig | undefined;
    if (present === rule) continue;
    if (present !== undefined) tf.unregisterGradient(rule.kernelName);
    tf.registerGradient(rule);
  }
}

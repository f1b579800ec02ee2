import type * as core from '@tensorflow/tfjs-core';
import { requirePackage } from '../core/require-package.js';

/** TensorFlow.js, the same copy that whoever imports `@tensorflow/tfjs-core` gets. */
export const tf = requirePackage('@tensorflow/tfjs-core') as typeof core;

import { createRequire } from 'node:module';
import type * as core from '@tensorflow/tfjs-core';

/** Loads a CommonJS package: an `import` of it would scan megabytes of source for names, 0.1 s in every process. */
export const requirePackage: (name: string) => unknown = createRequire(import.meta.url);

/** TensorFlow.js, the same copy that whoever imports `@tensorflow/tfjs-core` gets. */
export const tf = requirePackage('@tensorflow/tfjs-core') as typeof core;

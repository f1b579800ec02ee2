import { createRequire } from 'node:module';

/**
 * Loads a CommonJS package when it is called: what few commands need does not hold up the start of all. An `import`
 * would also scan the source for names, which for TensorFlow.js takes 0.1 s in every process.
 */
export const requirePackage: (name: string) => unknown = createRequire(import.meta.url);

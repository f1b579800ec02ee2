import { createRequire } from 'node:module';

/** The module of a worker process, wherever the package runs from: sources under test, or the compiled package. */
export const WORKER = createRequire(import.meta.url).resolve('lossmith/worker');

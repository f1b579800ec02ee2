/** The one door to TensorFlow.js: nothing else in the package imports it. Importing it installs the gradients. */
export type { Tensor, TensorLike } from './tensor-types.js';
export * as ops from './ops.js';
export { tensorFrom, scalar, read, readAsync, tidy, keep, dispose, liveTensors } from './memory.js';
export { traceTensors, type Traced, type TracedConstant, type TracedType, type Tracer } from './tracing.js';
export { gradients, valueAndGradients } from './gradients.js';
export {
  useBackend,
  probeBackends,
  currentBackend,
  BACKENDS,
  type BackendChoice,
  type BackendName,
  type BackendInfo,
  type BackendProbe,
} from './backend.js';

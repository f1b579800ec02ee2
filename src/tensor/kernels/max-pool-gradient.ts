import { toMaxima, TILED_MAX_POOL_GRAD } from '../repairs/pooling.js';
import type { KernelPatch } from './kernel-patch.js';

/** dL/dx of a maximum over windows: no backend has it under this name. */
export const maxPoolGradient: KernelPatch = {
  kernel: TILED_MAX_POOL_GRAD,
  backends: ['tensorflow', 'wasm', 'cpu'],
  make: () => (inputs, attributes) =>
    toMaxima(inputs['dy']!, inputs['x']!, inputs['y']!, attributes['filterSize'] as number),
};

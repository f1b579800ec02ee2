import type { KernelConfig } from '@tensorflow/tfjs-core';
import { tf } from '../tfjs.js';
import { broadcasts } from './broadcast.js';
import { convolutionToFilter, convolutionToInput } from './convolution.js';
import type { KernelInputs, KernelPatch } from './kernel-patch.js';
import { log1p } from './log1p.js';
import { maxPoolGradient } from './max-pool-gradient.js';
import { transposedMatrixProduct } from './matrix-product.js';
import { segmentSum } from './segment-sum.js';
import { tile } from './tile.js';

export const kernelPatches: readonly KernelPatch[] = [
  transposedMatrixProduct,
  tile,
  convolutionToFilter,
  convolutionToInput,
  segmentSum,
  log1p,
  maxPoolGradient,
  ...broadcasts,
];

/** Kernels that were installed by us, so that no patch wraps itself. */
const installed = new WeakSet<KernelConfig>();

/** Replaces or adds the kernels that a loaded backend needs. To run it twice changes nothing. */
export function installKernels(backendName: string): void {
  for (const patch of kernelPatches) {
    if (!patch.backends.includes(backendName)) continue;
    const original = tf.getKernel(patch.kernel, backendName) as KernelConfig | undefined;
    if (original !== undefined && installed.has(original)) continue;
    const run = patch.make(original);
    const kernel: KernelConfig = {
      // Keeps the set-up of the original, which a backend runs when it starts.
      ...original,
      kernelName: patch.kernel,
      backendName,
      kernelFunc: ({ inputs, backend, attrs }) => run(inputs as KernelInputs, attrs ?? {}, backend),
    };
    if (original !== undefined) tf.unregisterKernel(patch.kernel, backendName);
    tf.registerKernel(kernel);
    installed.add(kernel);
  }
}

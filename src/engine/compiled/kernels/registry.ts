import { binaryKernels } from './binary.js';
import { blockedConvolution } from './blocked-convolution.js';
import { blockedPoolingKernels } from './blocked-pooling.js';
import { channelBlockKernels } from './channel-blocks.js';
import { convolutionKernels } from './convolution.js';
import { filterGradient } from './filter-gradient.js';
import { indexingKernels } from './indexing.js';
import type { Kernel } from './kernel.js';
import { matrixProduct } from './matrix-product.js';
import { poolingKernels } from './pooling.js';
import { reductionKernels } from './reduction.js';
import { selectionKernels } from './selection.js';
import { shapingKernels } from './shaping.js';
import { unaryKernels } from './unary.js';

/** The kernels that can be compiled, in the order of the documentation. */
export const kernelList: readonly Kernel[] = [
  ...unaryKernels,
  ...binaryKernels,
  ...selectionKernels,
  ...reductionKernels,
  matrixProduct,
  ...shapingKernels,
  ...indexingKernels,
  ...convolutionKernels,
  filterGradient,
  ...poolingKernels,
  ...channelBlockKernels,
  blockedConvolution,
  ...blockedPoolingKernels,
];

/** By name. */
export const kernels: ReadonlyMap<string, Kernel> = new Map(
  kernelList.map((kernel) => [kernel.name, kernel]),
);

import type * as tf from '@tensorflow/tfjs-core';
import { arithmeticRules } from './arithmetic.js';
import { convolutionRules } from './convolution.js';
import { elementwiseRules } from './elementwise.js';
import { indexingRules } from './indexing.js';
import { matrixProductRules } from './matrix-product.js';
import { poolingRules } from './pooling.js';
import { reductionRules } from './reductions.js';
import { selectionRules } from './selection.js';
import { shapeRules } from './shapes.js';

/** One gradient for every kernel that an operation of the door, or the gradient of one, can put on the tape. */
export const gradientRules: readonly tf.GradConfig[] = [
  ...arithmeticRules,
  ...selectionRules,
  ...elementwiseRules,
  ...reductionRules,
  ...matrixProductRules,
  ...convolutionRules,
  ...poolingRules,
  ...shapeRules,
  ...indexingRules,
];

import type * as library from 'ml-matrix';
import { requirePackage } from '../core/require-package.js';

/** Linear algebra, loaded by the first sampler that computes with matrices. */
export const matrixLibrary = (): typeof library => requirePackage('ml-matrix') as typeof library;

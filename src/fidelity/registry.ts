import { createRegistry, type Registry } from '../core/registry.js';
import { asha } from './asha.js';
import { full } from './full.js';
import { hyperband } from './hyperband.js';
import { medianStopping } from './median-stopping.js';
import type { AnyFidelityPolicy } from './policy.js';
import { successiveHalving } from './successive-halving.js';

/** The fidelity policies that come with Lossmith. To add one: a file and a line. */
export const builtinFidelityPolicies: Registry<AnyFidelityPolicy> = createRegistry<AnyFidelityPolicy>(
  'fidelity policy',
  [full, successiveHalving, hyperband, asha, medianStopping],
);

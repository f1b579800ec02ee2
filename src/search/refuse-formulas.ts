import type { Space } from '../space/space.js';
import { isFree } from './points.js';
import { unsupportedSpace } from './unsupported.js';

/**
 * For samplers that model the coordinates of a space: those of a formula mean nothing apart from each other.
 * @throws UserError `unsupported` where a space has an expression entry
 */
export function refuseFormulas(sampler: string, space: Space): void {
  const formula = space.entries.find((entry) => entry.kind === 'expression' && isFree(entry));
  if (formula === undefined) return;
  throw unsupportedSpace(
    sampler,
    'searches numbers and choices, not formulas',
    `the expression entry "${formula.name}"`,
  );
}

import type { Entry, Space } from '../space/space.js';
import { isFree } from './points.js';
import { unsupportedSpace } from './unsupported.js';

/** The entries with more than one value whose value may change in the middle of a training. */
export function adjustableEntries(space: Space): readonly Entry[] {
  return space.entries.filter((entry) => isFree(entry) && space.adjustable.includes(entry.name));
}

/** @throws UserError `unsupported` where a space has no such entry: there is nothing to change on the way. */
export function requireAdjustable(sampler: string, space: Space): void {
  if (adjustableEntries(space).length > 0) return;
  throw unsupportedSpace(
    sampler,
    'needs a number of the loss that may change during a training, as a parameter or a weight',
    'none',
  );
}

/**
 * The entries of a space that a sampler searches which changes all of them on the way.
 * @throws UserError `unsupported` where an entry cannot change on the way, or has a condition
 */
export function onlyAdjustable(sampler: string, space: Space): readonly Entry[] {
  requireAdjustable(sampler, space);
  for (const entry of space.entries) {
    if (!isFree(entry)) continue;
    if (space.adjustable.includes(entry.name) && entry.conditions.length === 0) continue;
    throw unsupportedSpace(
      sampler,
      'searches only numbers of the loss that may change during a training, none of them under a condition',
      `the ${entry.kind} entry "${entry.name}"`,
    );
  }
  return adjustableEntries(space);
}

import { UserError } from '../core/errors.js';

/** Samplers that work on every space: categorical, conditional, of any number of dimensions. */
export const SAMPLERS_FOR_EVERY_SPACE = [
  'random',
  'grid',
  'differential-evolution',
  'regularized-evolution',
] as const;

/** The error of `check`: why a sampler cannot work on a space, and which can. */
export function unsupportedSpace(sampler: string, reason: string, found: string): UserError {
  return new UserError({
    code: 'unsupported',
    message: `the sampler "${sampler}" ${reason}`,
    found,
    expected: `another space, or one of the samplers ${SAMPLERS_FOR_EVERY_SPACE.join(', ')}`,
  });
}

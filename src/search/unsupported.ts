import { UserError } from '../core/errors.js';

/** The error of `check`: why a sampler cannot work on a space. Which can is added by {@link checkSampler}. */
export function unsupportedSpace(sampler: string, reason: string, found: string): UserError {
  return new UserError({
    code: 'unsupported',
    message: `the sampler "${sampler}" ${reason}`,
    found,
    expected: 'another space, or another sampler',
  });
}

import { UserError } from '../core/errors.js';
import type { Space } from '../space/space.js';
import type { AnySampler } from './sampler.js';

/**
 * Checks that a sampler can work on a space.
 * @param samplers all that there are, to say which can
 * @throws UserError `unsupported` where it cannot, with the samplers that can, as they come; `unknown-name` where
 *   its options name an entry that the space does not have.
 */
export function checkSampler(
  sampler: AnySampler,
  space: Space,
  options: unknown,
  samplers: readonly AnySampler[],
): void {
  const refusal = refusalOf(sampler, space, options);
  if (refusal === undefined) return;
  if (refusal.code !== 'unsupported') throw refusal;
  const able = samplers.filter((other) => other !== sampler && worksAsItComes(other, space));
  if (able.length === 0) throw refusal;
  const { code, message, place, found } = refusal;
  throw new UserError({
    code,
    message,
    place,
    ...(found === undefined ? {} : { found }),
    expected: `another space, or one of the samplers ${able.map(({ name }) => name).join(', ')}`,
  });
}

/** With its default options, where it has them for all. */
function worksAsItComes(sampler: AnySampler, space: Space): boolean {
  const options = sampler.schema.safeParse({});
  return options.success && refusalOf(sampler, space, options.data) === undefined;
}

function refusalOf(sampler: AnySampler, space: Space, options: unknown): UserError | undefined {
  try {
    sampler.check(space, options);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

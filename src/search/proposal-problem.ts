import { UserError } from '../core/errors.js';
import { renderValue } from '../core/render-value.js';
import { checkWholePoint } from '../space/check-whole-point.js';
import type { Space } from '../space/space.js';

/** What is wrong with the proposals of a sampler, for the line that tells it. */
export interface ProposalProblem {
  readonly message?: string;
  readonly found: string;
  readonly expected: string;
}

/**
 * Why these are not what a sampler must give for a request: more points than were asked for, which would spend more
 * than the budget, or one that is no point of the space. Undefined where nothing is wrong. For samplers that users
 * wrote; the built-in ones are held to it by their conformance suite.
 */
export function proposalProblem(
  { space, count }: { readonly space: Space; readonly count: number },
  proposed: readonly unknown[],
): ProposalProblem | undefined {
  if (proposed.length > count) return { found: `a list of ${proposed.length}`, expected: `at most ${count}` };
  for (const [place, point] of proposed.entries()) {
    const problem = pointProblem(space, point);
    if (problem !== undefined) return { ...problem, found: `${problem.found} in point ${place}` };
  }
  return undefined;
}

function pointProblem(space: Space, point: unknown): ProposalProblem | undefined {
  if (typeof point !== 'object' || point === null || Array.isArray(point)) {
    return { found: renderValue(point), expected: 'values by the names of the entries' };
  }
  try {
    checkWholePoint(space, point as Readonly<Record<string, unknown>>, (_path, message, details) => {
      throw new UserError({ code: 'space', message, ...details });
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, found = 'another value', expected = 'a point of the space' } = error;
    return { message, found, expected };
  }
}

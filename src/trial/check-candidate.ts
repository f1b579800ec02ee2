import type { Candidate } from '../candidate/candidate.js';
import type { Registry } from '../core/registry.js';
import { checkParameterRange, lossParameters } from '../losses/build-loss.js';
import type { Loss } from '../losses/loss.js';
import type { Head } from '../problem/head.js';
import { sampleParameter } from '../schedules/sample-parameter.js';
import type { AnySchedule } from '../schedules/schedule.js';

/**
 * Checks that a candidate names losses, parameters and schedules that exist, in their ranges, and that they serve
 * the heads of the task. Trains nothing.
 * @throws UserError `candidate` with the path inside the candidate.
 */
export function checkCandidate(
  candidate: Candidate,
  heads: readonly Head[],
  registries: { readonly losses: Registry<Loss>; readonly schedules: Registry<AnySchedule> },
): void {
  for (const parameter of lossParameters(candidate.loss, heads, registries.losses)) {
    const { source } = parameter.slot;
    if (source.kind !== 'parameter') continue;
    checkParameterRange(parameter, sampleParameter(source.spec, registries.schedules, parameter.path));
  }
  if (candidate.curriculum?.kind === 'self-paced') {
    const path = 'curriculum.threshold';
    const values = sampleParameter(candidate.curriculum.threshold, registries.schedules, path);
    checkParameterRange({ path, low: 0, high: 1 }, values);
  }
}

import { bracketCost } from '../fidelity/bracket-cost.js';
import { shrinkBracket } from '../fidelity/shrink-bracket.js';
import { unitsOfRounds } from '../search/rounds.js';
import type { Head } from '../problem/head.js';
import type { Registries } from '../plugins/registries.js';
import type { Arm, SampledArm } from './arm.js';
import { createArms } from './create-arms.js';
import type { Experiment } from './experiment.js';
import { plainArm } from './plain-arm.js';

/**
 * Training that a study plans, in evaluations, if nothing is rejected, duplicated or diverged: for progress bars. An
 * upper bound but for policies that pause trials.
 */
export function planUnits(experiment: Experiment, heads: readonly Head[], registries: Registries): number {
  const full = experiment.training.evaluations;
  const plain = plainArm(experiment, heads, registries);
  const arms = [...createArms(experiment, heads, registries), ...(plain === undefined ? [] : [plain])];
  const sampled = arms.filter(({ kind }) => kind === 'sampled').length;
  const search = arms.reduce((sum, arm) => sum + searchUnits(arm, full), 0);
  const selection = sampled * experiment.selection.top * experiment.selection.seeds * full;
  return search + selection + arms.length * experiment.test.seeds * full;
}

/** Training that an arm plans, in evaluations. */
function searchUnits(arm: Arm, full: number): number {
  if (arm.kind === 'given') return full;
  if (arm.sampler.rounds !== undefined) return unitsOfArm(arm, full, arm.trials);
  if (arm.policy.promotions !== undefined) {
    // About as many go on as in brackets; those promoted too early come on top.
    const bracket = arm.policy.bracket({
      ...{ options: arm.policyOptions as never, index: 0, full, waveSize: arm.trials },
    });
    return bracketCost(shrinkBracket(bracket, arm.trials)).units;
  }
  let units = 0;
  let left = arm.trials;
  for (let index = 0; left > 0; index++) {
    const whole = arm.policy.bracket({
      options: arm.policyOptions as never,
      index,
      full,
      waveSize: arm.wave,
    });
    const cost = bracketCost(shrinkBracket(whole, left));
    units += cost.units;
    left -= cost.trials;
  }
  return units;
}

/** Training that so many trials of an arm come to whose sampler plans its own rounds, in evaluations. */
export function unitsOfArm(
  { sampler, samplerOptions: options, space }: SampledArm,
  full: number,
  trials: number,
): number {
  return unitsOfRounds({ sampler, options, space, full }, trials);
}

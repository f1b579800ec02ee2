import { UserError } from '../core/errors.js';
import type { Space } from '../space/space.js';
import type { AnySampler, Round } from './sampler.js';

/** A sampler that plans its own rounds, its options, and what they depend on. */
export interface RoundsInput {
  readonly sampler: AnySampler;
  readonly options: unknown;
  readonly space: Space;
  /** Fidelity of a whole training, in evaluations. */
  readonly full: number;
}

/** The rounds that a number of trials pays for, in order; one that cannot be filled is not begun. */
export function* plannedRounds(input: RoundsInput, trials: number): Generator<Round> {
  const { sampler, options, space, full } = input;
  let left = trials;
  for (let index = 0; ; index++) {
    const round = sampler.rounds!.round({ options, space, full, index });
    left -= round.trials;
    if (left < 0) return;
    yield round;
  }
}

/** Training that a number of trials comes to, in evaluations. */
export function unitsOfRounds(input: RoundsInput, trials: number): number {
  let units = 0;
  for (const round of plannedRounds(input, trials)) units += round.trials * (round.fidelity - round.from);
  return units;
}

/**
 * The first round, which shows whether the options go with the length of a training.
 * @throws UserError `unsupported` where they do not, its path the option to blame
 */
export function firstRound({ sampler, options, space, full }: RoundsInput): Round {
  const rounds = sampler.rounds!;
  rounds.check?.({ options: options as never, full });
  return rounds.round({ options: options as never, space, full, index: 0 });
}

/**
 * Checks that at least one trial trains to the end.
 * @throws UserError `unsupported` with the number of trials that it takes
 */
export function checkRounds(input: RoundsInput, trials: number): void {
  const { sampler, full } = input;
  let needed = 0;
  for (const round of plannedRounds(input, Number.MAX_SAFE_INTEGER)) {
    needed += round.trials;
    if (round.fidelity === full) break;
  }
  if (trials >= needed) return;
  throw new UserError({
    code: 'unsupported',
    message: `the sampler "${sampler.name}" would not train any trial to the end`,
    found: `${trials} trials`,
    expected: `at least ${needed}`,
  });
}

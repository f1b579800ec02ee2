import { z } from 'zod';
import { stream, type Stream } from '../core/random.js';
import type { Assignment, EntryValue, Space } from '../space/space.js';
import { armEntry, tellArms, type Arm, type ArmEntry } from './bandit-arms.js';
import { mutate } from './mutation.js';
import { entrySlots, uniformPoint } from './points.js';
import type { ProposalRequest } from './sampler.js';

/** Options that every bandit has. */
export const banditOptions = {
  arm: z
    .string()
    .optional()
    .describe('categorical entry whose choices are the arms; default: the first without a condition'),
  inner: z
    .enum(['random', 'refine'])
    .default('refine')
    .describe(
      "other entries: drawn (random), or by a coin drawn or one changed in the arm's best trial (refine)",
    ),
};

export interface BanditOptions {
  readonly arm?: string | undefined;
  readonly inner: 'random' | 'refine';
}

/**
 * Reads what is known of the arms once, and then says for each trial which arm to pull, by its index. Every arm was
 * pulled at least once by then, perhaps in this very wave; `pulls` of the arms grow from trial to trial.
 */
export type ArmRule = (arms: readonly Arm[]) => (trial: number) => number;

/** Standard deviation of a refining step in the unit cube. */
const REFINING_STEP = 0.1;

/**
 * Proposals of a bandit: each arm once in the order of the choices, then as the rule says. Trials of the same wave
 * count as pulls whose reward is not known yet.
 */
export function proposeByArms(
  name: string,
  { options, space, seed, history, firstTrial, count }: ProposalRequest<BanditOptions>,
  rule: ArmRule,
): readonly Assignment[] {
  const entry = armEntry(name, space, options.arm);
  const arms = tellArms(space, entry, history);
  const choose = rule(arms);
  return Array.from({ length: count }, (_, index) => {
    const trial = firstTrial + index;
    const untried = arms.findIndex(({ pulls }) => pulls === 0);
    const pulled = untried === -1 ? choose(trial) : untried;
    const arm = arms[pulled]!;
    arm.pulls++;
    const random = stream(seed, `${name}/inner`, trial);
    const refine = random.uniform() < 0.5 && options.inner === 'refine';
    if (!refine || arm.best === undefined) return drawArm(space, entry, entry.choices[pulled]!, random);
    return mutate({ space, parent: arm.best, kind: 'local', step: REFINING_STEP, random, fixed: entry.name });
  });
}

/** A random point of the space with the arm given. */
function drawArm(space: Space, entry: ArmEntry, choice: EntryValue, random: Stream): Assignment {
  const unit = uniformPoint(space.dimensions, random);
  const slot = entrySlots(space).find((candidate) => candidate.entry === entry)!;
  entry.encode(choice).forEach((coordinate, index) => {
    unit[slot.start + index] = coordinate;
  });
  return space.decode(unit);
}

/** Index of the largest number; ties by index. */
export function indexOfLargest(values: readonly number[]): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}

/** The mean reward of an arm; 0.5 where none is known yet. */
export function meanReward({ rewards }: Arm): number {
  if (rewards.length === 0) return 0.5;
  let sum = 0;
  for (const reward of rewards) sum += reward;
  return sum / rewards.length;
}

/** Pulls of all arms, those of the wave being proposed among them. */
export function totalPulls(arms: readonly Arm[]): number {
  return arms.reduce((sum, { pulls }) => sum + pulls, 0);
}

/**
 * Pulls the arm with the largest index; ties by the order of the arms.
 * @param indexOf the index of an arm that was pulled, as a function of its pulls N and of the pulls t of all arms,
 *   both counting those of the wave being proposed, so that one wave spreads over the arms
 */
export const byLargestIndex =
  (indexOf: (arm: Arm) => (pulls: number, total: number) => number): ArmRule =>
  (arms) => {
    const indices = arms.map(indexOf);
    return () => {
      const total = totalPulls(arms);
      return indexOfLargest(arms.map(({ pulls }, arm) => indices[arm]!(pulls, total)));
    };
  };

import { UserError } from '../../core/errors.js';
import { renderValue } from '../../core/render-value.js';
import type { Observation } from '../sampler.js';

/** What a trial reached where an optimizer has several objectives, or constraints. */
export interface Reached {
  /** In each objective, to be minimised, the primary one first. A number that is not finite: no value there. */
  readonly objectives: readonly number[];
  /** Values of the primary objective after evaluation 1, 2, …, the last being the first of `objectives`: that alone. */
  readonly curve?: readonly number[];
  /** How far the trial misses each constraint: 0 where it keeps it, else a positive number, +Infinity if not known. */
  readonly violations?: readonly number[];
}

/**
 * What became of a trial, to be minimised: its value; or its learning curve, the values after evaluation 1, 2, …, of
 * which the last counts; or what it {@link Reached} in everything; or `'failed'`. A last value that is no finite number
 * is a failure too.
 */
export type Outcome = number | readonly number[] | Reached | 'failed';

/** How many of each an optimizer has. */
export interface GoalCounts {
  /** ≥ 1. */
  readonly objectives: number;
  /** ≥ 0. */
  readonly constraints: number;
}

type Observed = Omit<Observation, 'trial' | 'wave' | 'assignment'>;

/** Samplers know one bad number, +Infinity, and JSON one zero. */
const sound = (value: number): number => (Number.isFinite(value) ? value + 0 : Infinity);

/** A copy: `every` passes over places that were never filled. */
const isNumbers = (value: unknown): value is readonly number[] =>
  Array.isArray(value) && Array.from<unknown>(value).every((item) => typeof item === 'number');

const isSingle = ({ objectives, constraints }: GoalCounts): boolean => objectives === 1 && constraints === 0;

/**
 * An outcome as a sampler is told of it. A trial that misses a constraint has the value +Infinity and no curve: to a
 * sampler that looks at values alone it is a failure.
 * @throws UserError `usage` on anything that is no outcome, or none of so many objectives and constraints
 */
export function observeOutcome(trial: number, outcome: Outcome, goals: GoalCounts): Observed {
  const observed = observedOf(outcome, goals);
  if (observed !== undefined) return observed;
  throw new UserError({
    code: 'usage',
    message: `the outcome of trial ${trial} is none`,
    found: renderValue(outcome),
    expected: isSingle(goals) ? 'a number, a list of at least one number, or "failed"' : expectedOf(goals),
  });
}

/** As {@link observeOutcome}; undefined where that throws. */
export function observedOf(outcome: unknown, goals: GoalCounts): Observed | undefined {
  const given = outcome === 'failed' ? failed(goals) : reachedIn(outcome, goals);
  if (given === undefined) return undefined;
  const { objectives, curve, violations } = given;
  const observed = { value: curve.at(-1) ?? Infinity, curve };
  if (isSingle(goals)) return observed;
  // What has no value in the primary objective has none at all, as in a study.
  const isKnown = Number.isFinite(observed.value);
  const values = isKnown ? objectives : objectives.map(() => Infinity);
  if (goals.constraints === 0) return { ...observed, objectives: values };
  const missed = isKnown ? violations : violations.map(() => Infinity);
  const kept = missed.every((violation) => violation === 0);
  return { ...(kept ? observed : { value: Infinity, curve: [] }), objectives: values, violations: missed };
}

const failed = ({ objectives, constraints }: GoalCounts): Required<Reached> => ({
  objectives: new Array<number>(objectives).fill(Infinity),
  curve: [],
  violations: new Array<number>(constraints).fill(Infinity),
});

/** Undefined where it is no outcome of so many objectives and constraints. */
function reachedIn(outcome: unknown, goals: GoalCounts): Required<Reached> | undefined {
  if (typeof outcome === 'number') return reachedIn([outcome], goals);
  if (typeof outcome !== 'object' || outcome === null) return undefined;
  if (Array.isArray(outcome)) return reachedIn({ objectives: outcome.slice(-1), curve: outcome }, goals);
  const { objectives, curve, violations = [] } = outcome as Readonly<Record<string, unknown>>;
  if (!isNumbers(objectives) || objectives.length !== goals.objectives) return undefined;
  if (!isNumbers(violations) || violations.length !== goals.constraints) return undefined;
  if (violations.some((violation) => violation < 0)) return undefined;
  const values = curve ?? objectives.slice(0, 1);
  if (!isNumbers(values) || values.length === 0) return undefined;
  const told = { objectives: objectives.map(sound), curve: values.map(sound) };
  if (told.curve.at(-1) !== told.objectives[0]) return undefined;
  return { ...told, violations: violations.map(sound) };
}

function expectedOf({ objectives, constraints }: GoalCounts): string {
  const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
  const missed = constraints === 0 ? '' : `, violations: [${some(constraints, 'number')}, at least 0]`;
  return `{ objectives: [${some(objectives, 'number')}]${missed} }, or "failed"`;
}

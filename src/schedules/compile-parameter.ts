import { issueError, joinPath } from '../candidate/issue-error.js';
import { isSchedule, type ParameterSpec, type ScheduleSpec } from '../candidate/parameter-spec.js';
import { UserError } from '../core/errors.js';
import type { Registry } from '../core/registry.js';
import type { AnySchedule, TrainingState } from './schedule.js';

/** What moves the value of a parameter. */
export type ParameterDriver = 'constant' | 'progress' | 'state';

export interface CompiledParameter {
  /** 'constant' for numbers and lists; else what drives the schedule. */
  readonly driver: ParameterDriver;
  /** Pure: (τ in [0, 1], state) → the value; a list for parameters of one value per class. */
  readonly valueAt: (progress: number, state: TrainingState) => number | readonly number[];
}

/** The state before training: no evaluation yet. */
export const INITIAL_STATE: TrainingState = { validationLosses: [] };

/** A schedule of the registry with its options checked. */
export interface ResolvedSchedule {
  readonly schedule: AnySchedule;
  /** As `schedule.schema` returned them: with defaults. */
  readonly options: unknown;
}

/**
 * Finds the schedule that a specification names and checks its options.
 *
 * @param path where the specification stands in the candidate, such as `loss.parameters.gamma`
 * @throws UserError `candidate` for an unknown schedule or options that do not fit, with the path of the culprit
 */
export function resolveSchedule(
  spec: ScheduleSpec,
  registry: Registry<AnySchedule>,
  path = '',
): ResolvedSchedule {
  const { schedule: name, ...given } = spec;
  const schedule = scheduleNamed(name, registry, path);
  const parsed = schedule.schema.safeParse(given);
  if (!parsed.success) throw issueError(parsed.error, 'candidate', { path }, given);
  return { schedule, options: parsed.data as unknown };
}

function scheduleNamed(name: string, registry: Registry<AnySchedule>, path: string): AnySchedule {
  try {
    return registry.get(name);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError({
      code: 'candidate',
      message: error.message,
      place: { path: joinPath(path, 'schedule') },
      found: JSON.stringify(name),
      expected: `one of ${registry.members.map((member) => member.name).join(', ')}`,
    });
  }
}

/**
 * A constant, a list or a schedule as a function of progress and state.
 *
 * @param path where the specification stands in the candidate, for messages
 * @throws UserError `candidate` as {@link resolveSchedule}
 */
export function compileParameter(
  spec: ParameterSpec,
  registry: Registry<AnySchedule>,
  path = '',
): CompiledParameter {
  if (!isSchedule(spec)) return { driver: 'constant', valueAt: () => spec };
  const { schedule, options } = resolveSchedule(spec, registry, path);
  const value = schedule.compile(options);
  return { driver: schedule.driver, valueAt: value };
}

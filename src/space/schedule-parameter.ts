import type { Path } from '../core/schema-problem.js';
import { categoricalEntry } from './categorical-entry.js';
import { checkSchedule, RAMPS, USERS } from './check-schedule.js';
import { numberIn, textIn } from './entry-value.js';
import { floatEntry, type FloatRange } from './float-entry.js';
import { intEntry, type IntRange } from './int-entry.js';
import { valueRanges } from './schedule-ranges.js';
import { curveReader, stepReader, type Read } from './schedule-sequences.js';
import type { Assignment, Condition, Entry } from './space.js';
import type { Fail } from './space-problem.js';
import type { ScheduleDefinition, Shape, TemplateJson } from './space-schema.js';

/**
 * Expands a parameter of type `schedule` into primitive entries and builds the schedule from their values.
 * Entries of a parameter `g` (those of shapes that are not offered, or that have one value by definition, are left
 * out): `g.shape`; `g.from`, `g.to`, `g.begin`, `g.end`; `g.at.0` … and `g.values.1` … of steps; `g.points.0` …
 * and `g.interpolation` of curves; `g.stages`, `g.patience`. With two jumps or more, and for monotone curves, the
 * entries `at.i` and `points.i` are fractions of the way that is left (see increasing.ts).
 * @throws UserError `space` for shapes that cannot be drawn and options that have no effect.
 */
export function scheduleParameter(
  name: string,
  definition: ScheduleDefinition,
  conditions: readonly Condition[],
  path: Path,
  fail: Fail,
): { readonly entries: readonly Entry[]; value(assignment: Assignment): TemplateJson } {
  const { shapes } = definition;
  checkSchedule(definition, path, fail);
  const entries: Entry[] = [];
  const only = shapes.length === 1 ? shapes[0]! : undefined;
  if (only === undefined) entries.push(categoricalEntry(`${name}.shape`, shapes, conditions));

  /** Conditions of an entry that serves some shapes; undefined where none of them is offered. */
  const activeFor = (users: readonly Shape[]): readonly Condition[] | undefined => {
    const offered = shapes.filter((shape) => users.includes(shape));
    if (offered.length === 0) return undefined;
    if (offered.length === shapes.length) return conditions;
    return [...conditions, { entry: `${name}.shape`, oneOf: offered }];
  };
  const add = (
    key: string,
    users: readonly Shape[],
    source: number | FloatRange | IntRange,
    kind: 'float' | 'int' = 'float',
  ): Read => {
    if (typeof source === 'number') return () => source;
    const active = activeFor(users);
    const entry = `${name}.${key}`;
    if (active !== undefined) {
      entries.push(kind === 'int' ? intEntry(entry, source, active) : floatEntry(entry, source, active));
    }
    return (assignment) => numberIn(assignment, entry);
  };
  const optional = (
    key: 'begin' | 'end' | 'stages' | 'patience',
    users: readonly Shape[],
    kind?: 'int',
  ): Read | undefined => {
    const source = definition[key];
    return source === undefined ? undefined : add(key, users, source, kind);
  };

  const { from, to, between } = valueRanges(definition, path, fail);
  const first = add('from', USERS.from, from);
  const last = add('to', USERS.to, to);
  const begin = optional('begin', RAMPS);
  const end = optional('end', RAMPS);
  const step = shapes.includes('step') ? stepReader(definition, between, add) : undefined;
  const curve = shapes.includes('curve') ? curveReader(definition, between, add) : undefined;
  const interpolations = [definition.interpolation ?? 'pchip'].flat();
  const curveOnly = activeFor(['curve']);
  if (interpolations.length > 1 && curveOnly !== undefined) {
    entries.push(categoricalEntry(`${name}.interpolation`, interpolations, curveOnly));
  }
  const stages = optional('stages', ['plateau'], 'int');
  const patience = optional('patience', ['plateau'], 'int');

  const value = (assignment: Assignment): TemplateJson => {
    const shape = only ?? (textIn(assignment, `${name}.shape`) as Shape);
    const given = (key: string, read: Read | undefined): Record<string, number> =>
      read === undefined ? {} : { [key]: read(assignment) };
    switch (shape) {
      case 'constant':
        return first(assignment);
      case 'linear':
      case 'cosine':
      case 'exponential':
        return {
          schedule: shape,
          from: first(assignment),
          to: last(assignment),
          ...given('begin', begin),
          ...given('end', end),
        };
      case 'step': {
        const { at, middle } = step!(assignment);
        return { schedule: shape, values: [first(assignment), ...middle, last(assignment)], at };
      }
      case 'curve':
        return {
          schedule: shape,
          points: curve!(assignment),
          interpolation:
            interpolations.length > 1 ? textIn(assignment, `${name}.interpolation`) : interpolations[0]!,
        };
      case 'plateau':
        return {
          schedule: shape,
          from: first(assignment),
          to: last(assignment),
          ...given('stages', stages),
          ...given('patience', patience),
        };
    }
  };
  return { entries, value };
}

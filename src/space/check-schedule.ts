import type { Path } from '../core/schema-problem.js';
import { checkIntRange, checkRange } from './check-range.js';
import type { FloatRange } from './float-entry.js';
import type { Fail } from './space-problem.js';
import type { ScheduleDefinition, Shape } from './space-schema.js';

export const RAMPS: readonly Shape[] = ['linear', 'cosine', 'exponential'];
const TWO_ENDED: readonly Shape[] = [...RAMPS, 'step', 'plateau'];

/** Narrowest range in which several jumps stay apart after rounding. */
const NARROWEST_AT = 1e-3;

/** Which shapes an option says something about. */
export const USERS = {
  range: ['constant', ...TWO_ENDED, 'curve'],
  from: ['constant', ...TWO_ENDED],
  to: TWO_ENDED,
  begin: RAMPS,
  end: RAMPS,
  steps: ['step'],
  at: ['step'],
  points: ['curve'],
  interpolation: ['curve'],
  monotone: ['curve'],
  stages: ['plateau'],
  patience: ['plateau'],
} as const satisfies Readonly<Record<string, readonly Shape[]>>;

/**
 * Refuses schedules that cannot be drawn, and options that have no effect.
 * @throws UserError `space`
 */
export function checkSchedule(definition: ScheduleDefinition, path: Path, fail: Fail): void {
  const { shapes } = definition;
  if (shapes.length === 0)
    fail([...path, 'shapes'], 'there must be at least one shape', { found: 'an empty list' });
  for (const [index, shape] of shapes.entries()) {
    if (shapes.indexOf(shape) !== index)
      fail([...path, 'shapes', index], 'the shape appears twice', { found: shape });
  }
  for (const [key, users] of Object.entries<readonly Shape[]>(USERS)) {
    const given = definition[key as keyof ScheduleDefinition];
    if (given !== undefined && !users.some((shape) => shapes.includes(shape))) {
      fail([...path, key], `"${key}" has no effect: none of the shapes uses it`, {
        target: 'key',
        expected: `one of the shapes ${users.join(', ')}`,
      });
    }
  }
  for (const key of ['range', 'from', 'to'] as const) {
    const source = definition[key];
    if (typeof source === 'object') checkRange(source, [...path, key], fail);
    const low = typeof source === 'object' ? source.low : source;
    if (shapes.includes('exponential') && low !== undefined && low <= 0) {
      fail([...path, key], 'the exponential shape needs values above 0', { found: `${low}` });
    }
  }
  for (const key of ['stages', 'patience'] as const) {
    const source = definition[key];
    if (typeof source === 'object') checkIntRange(source, [...path, key], fail);
    const low = typeof source === 'object' ? source.low : source;
    if (low !== undefined && low < 1)
      fail([...path, key], `"${key}" must be at least 1`, { found: `${low}` });
  }
  if (definition.monotone !== undefined && definition.range?.step !== undefined) {
    fail([...path, 'range', 'step'], 'step and monotone exclude each other');
  }
  checkProgress(definition, path, fail);
}

/** Options that are progress: in [0, 1] and, for begin and end, in order whatever is drawn. */
function checkProgress(definition: ScheduleDefinition, path: Path, fail: Fail): void {
  const span = (key: 'begin' | 'end' | 'at', fallback: number): FloatRange => {
    const source = definition[key] ?? fallback;
    if (typeof source === 'number') return { low: source, high: source };
    checkRange(source, [...path, key], fail);
    return source;
  };
  const spans = { begin: span('begin', 0), end: span('end', 1), at: span('at', 0.5) };
  for (const [key, { low, high }] of Object.entries(spans)) {
    if (low < 0 || high > 1) {
      fail([...path, key], `"${key}" is progress and must be in [0, 1]`, { found: `${low} to ${high}` });
    }
  }
  if (spans.begin.high >= spans.end.low) {
    const key = definition.begin === undefined ? 'end' : 'begin';
    fail([...path, key], 'a schedule must begin before it ends, whatever is drawn', {
      found: `begin up to ${spans.begin.high}, end from ${spans.end.low}`,
    });
  }
  const { at, steps = 1 } = definition;
  if (at === undefined) return;
  if (at.low <= 0) fail([...path, 'at', 'low'], 'a jump must lie after progress 0', { found: `${at.low}` });
  if (steps === 1) return;
  if (at.high - at.low < NARROWEST_AT) {
    fail([...path, 'at'], 'several jumps need room between them', {
      found: `${at.low} to ${at.high}`,
      expected: `a range at least ${NARROWEST_AT} wide`,
    });
  }
  if (at.log === true || at.step !== undefined) fail([...path, 'at'], 'log and step are for a single jump');
}

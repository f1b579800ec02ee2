import type { Path } from '../core/schema-problem.js';
import { USERS } from './check-schedule.js';
import type { FloatRange } from './float-entry.js';
import type { Fail } from './space-problem.js';
import type { ScheduleDefinition, Shape } from './space-schema.js';

/** Ranges of the first and last value and of those between, with `range` in the place of what is not given. */
export function valueRanges(
  definition: ScheduleDefinition,
  path: Path,
  fail: Fail,
): { readonly from: number | FloatRange; readonly to: number | FloatRange; readonly between: FloatRange } {
  const { shapes, range } = definition;
  const pick = (key: 'from' | 'to'): number | FloatRange => {
    const source = definition[key] ?? range;
    if (source !== undefined) return source;
    if (shapes.some((shape) => (USERS[key] as readonly Shape[]).includes(shape))) {
      fail([...path, key], `the key "${key}" is missing`, { target: 'key', expected: 'a range or a number' });
    }
    return 0;
  };
  const from = pick('from');
  const to = pick('to');
  if (range !== undefined) return { from, to, between: range };
  const needsBetween = shapes.includes('curve') || (shapes.includes('step') && (definition.steps ?? 1) > 1);
  if (needsBetween && (definition.from === undefined || definition.to === undefined)) {
    fail([...path, 'range'], 'the key "range" is missing', { target: 'key', expected: 'low and high' });
  }
  return { from, to, between: hull(from, to) };
}

/** The range that holds both; in the logarithm where both are. */
function hull(a: number | FloatRange, b: number | FloatRange): FloatRange {
  const [one, two] = [a, b].map((source) =>
    typeof source === 'number' ? { low: source, high: source } : source,
  );
  const isLog = (source: number | FloatRange): boolean => typeof source === 'object' && source.log === true;
  return {
    low: Math.min(one!.low, two!.low),
    high: Math.max(one!.high, two!.high),
    log: isLog(a) && isLog(b),
  };
}

import type { FloatRange } from './float-entry.js';
import { increasingPositions } from './increasing.js';
import { clamp, rounderFor, roundDigits } from './rounding.js';
import type { Assignment } from './space.js';
import type { ScheduleDefinition, Shape } from './space-schema.js';

/** Reads one number of the schedule from the assignment. */
export type Read = (assignment: Assignment) => number;
/** Adds an entry for some shapes, and says how to read it. */
export type Add = (key: string, users: readonly Shape[], source: number | FloatRange) => Read;

/** Part of the range of `at` that lies at least between two jumps. */
const SMALLEST_GAP = 1e-3;

const UNIT: FloatRange = { low: 0, high: 1 };
const DEFAULT_AT: FloatRange = { low: 0.05, high: 0.95 };

/**
 * Positions of the jumps of a step shape, strictly increasing, and the values between the first and the last. One jump
 * is drawn from the range of `at`; several are fractions of the way that is left.
 */
export function stepReader(
  { steps = 1, at: given }: ScheduleDefinition,
  between: FloatRange,
  add: Add,
): (assignment: Assignment) => { at: number[]; middle: number[] } {
  const at: FloatRange = given ?? DEFAULT_AT;
  const indices = Array.from({ length: steps }, (_, index) => index);
  const jumps = indices.map((index) => add(`at.${index}`, ['step'], steps === 1 ? at : UNIT));
  const middle = indices.slice(1).map((index) => add(`values.${index}`, ['step'], between));
  const gap = (at.high - at.low) * SMALLEST_GAP;
  const room = at.high - at.low - (steps - 1) * gap;
  return (assignment) => {
    const drawn = jumps.map((read) => read(assignment));
    const positions =
      steps === 1
        ? drawn
        : increasingPositions(drawn).map((part, index) => roundDigits(at.low + part * room + index * gap));
    return { at: positions, middle: middle.map((read) => read(assignment)) };
  };
}

/** Control points of a curve: drawn one by one, or by fractions of the way that is left where it is monotone. */
export function curveReader(
  { points = 4, monotone }: ScheduleDefinition,
  between: FloatRange,
  add: Add,
): (assignment: Assignment) => number[] {
  const source = monotone === undefined ? between : UNIT;
  const reads = Array.from({ length: points }, (_, index) => add(`points.${index}`, ['curve'], source));
  const scale = positionToValue(between);
  return (assignment) => {
    const drawn = reads.map((read) => read(assignment));
    if (monotone === undefined) return drawn;
    const rising = increasingPositions(drawn).map(scale);
    return monotone === 'increasing' ? rising : rising.reverse();
  };
}

/** [0, 1] → the range, along its logarithm where it has one. Rounding keeps the order. */
function positionToValue({ low, high, log }: FloatRange): (position: number) => number {
  if (log === true) {
    const width = Math.log(high) - Math.log(low);
    return (position) => clamp(roundDigits(low * Math.exp(width * position)), low, high);
  }
  const round = rounderFor(low, high);
  return (position) => clamp(round(low + (high - low) * position), low, high);
}

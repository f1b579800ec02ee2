import { z } from 'zod';
import { pchip } from './pchip.js';
import { mix } from './ramp.js';
import type { Schedule } from './schedule.js';
import { isStrictlyIncreasing } from './step.js';

interface CurveOptions {
  /** Values at the control points, at least 2. */
  readonly points: readonly number[];
  /** Their positions, strictly increasing in [0, 1]; equally spaced from 0 to 1 when left out. */
  readonly at?: readonly number[] | undefined;
  /** Default pchip. */
  readonly interpolation: 'linear' | 'pchip';
  /** A demand on the points, not a change of them: increasing = never falling. Default none. */
  readonly monotone: 'none' | 'increasing' | 'decreasing';
}

/**
 * A curve through control points, straight or smooth ({@link pchip}) between them; before the first and after
 * the last point their values hold. Both interpolations stay within the hull of the points and are monotone
 * where the points are.
 */
export const curveSchedule: Schedule<CurveOptions> = {
  name: 'curve',
  summary: 'a curve through control points, straight or smooth between them',
  schema: z
    .strictObject({
      points: z.array(z.number()).min(2),
      at: z.array(z.number().min(0).max(1)).optional(),
      interpolation: z.enum(['linear', 'pchip']).default('pchip'),
      monotone: z.enum(['none', 'increasing', 'decreasing']).default('none'),
    })
    .refine(({ points, at }) => at === undefined || at.length === points.length, {
      message: 'a curve needs as many positions in `at` as points',
      path: ['at'],
    })
    .refine(({ at }) => at === undefined || isStrictlyIncreasing(at), {
      message: 'positions must be strictly increasing',
      path: ['at'],
    })
    .refine(({ points, monotone }) => monotone !== 'increasing' || isNeverFalling(points), {
      message: 'the points of an increasing curve must never fall',
      path: ['points'],
    })
    .refine(({ points, monotone }) => monotone !== 'decreasing' || isNeverFalling([...points].reverse()), {
      message: 'the points of a decreasing curve must never rise',
      path: ['points'],
    }),
  driver: 'progress',
  compile: (options) => {
    const { points, interpolation } = options;
    const at = positionsOf(options);
    return interpolation === 'pchip' ? pchip(at, points) : straight(at, points);
  },
  breakpoints: (options) => positionsOf(options),
};

function positionsOf({ points, at }: CurveOptions): readonly number[] {
  return at ?? points.map((_, index) => index / (points.length - 1));
}

function straight(at: readonly number[], points: readonly number[]): (progress: number) => number {
  return (progress) => {
    const right = at.findIndex((position) => position > progress);
    if (right === -1) return points.at(-1)!;
    if (right === 0) return points[0]!;
    const left = right - 1;
    return mix(points[left]!, points[right]!, (progress - at[left]!) / (at[right]! - at[left]!));
  };
}

function isNeverFalling(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value >= values[index - 1]!);
}

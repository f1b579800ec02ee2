import { z } from 'zod';

/** Options shared by the schedules that go from one value to another. */
export interface RampOptions {
  /** Value up to progress `begin`. */
  readonly from: number;
  /** Value from progress `end` on. */
  readonly to: number;
  /** In [0, 1], below `end`; default 0. */
  readonly begin: number;
  /** In [0, 1], above `begin`; default 1. */
  readonly end: number;
}

const fraction = z.number().min(0).max(1);

export const rampFields = {
  from: z.number(),
  to: z.number(),
  begin: fraction.default(0),
  end: fraction.default(1),
};

export const beginsBeforeEnd = (options: RampOptions): boolean => options.begin < options.end;

export const BEGIN_BEFORE_END = { message: 'a schedule must begin before it ends', path: ['end'] };

export const rampSchema = z.strictObject(rampFields).refine(beginsBeforeEnd, BEGIN_BEFORE_END);

/** Part of the ramp that lies behind at progress τ: 0 up to `begin`, 1 from `end` on. */
export function rampPosition({ begin, end }: RampOptions, progress: number): number {
  return Math.min(1, Math.max(0, (progress - begin) / (end - begin)));
}

/** Weighted mean of two values: exact for weights 0 and 1, never outside of them by rounding. */
export function mix(from: number, to: number, weight: number): number {
  return clampBetween(from * (1 - weight) + to * weight, from, to);
}

/** The nearest value between a and b, whichever is the larger. */
export function clampBetween(value: number, a: number, b: number): number {
  return Math.min(Math.max(value, Math.min(a, b)), Math.max(a, b));
}

import { z } from 'zod';
import {
  BEGIN_BEFORE_END,
  beginsBeforeEnd,
  clampBetween,
  rampFields,
  rampPosition,
  type RampOptions,
} from './ramp.js';
import type { Schedule } from './schedule.js';

/**
 * v(u) = from · (to / from)^u: equal factors in equal times. Both values must differ from 0 and have the same
 * sign. (A rate alone would leave the end value implicit, so there is no such option.)
 */
export const exponentialSchedule: Schedule<RampOptions> = {
  name: 'exponential',
  summary: 'equal factors in equal times between two values of one sign',
  schema: z
    .strictObject(rampFields)
    .refine(beginsBeforeEnd, BEGIN_BEFORE_END)
    .refine(({ from, to }) => Math.sign(from) * Math.sign(to) > 0, {
      message: 'an exponential schedule needs two values of the same sign, neither of them 0',
      path: ['to'],
    }),
  driver: 'progress',
  compile: (options) => {
    const { from, to } = options;
    return (progress) => {
      const u = rampPosition(options, progress);
      if (u === 0) return from;
      if (u === 1) return to;
      // In logarithms: to / from may overflow where the value does not.
      const size = Math.exp((1 - u) * Math.log(Math.abs(from)) + u * Math.log(Math.abs(to)));
      return clampBetween(Math.sign(from) * size, from, to);
    };
  },
};

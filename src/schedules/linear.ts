import { mix, rampPosition, rampSchema, type RampOptions } from './ramp.js';
import type { Schedule } from './schedule.js';

/** v(u) = from + (to − from) u, where u runs from 0 at progress `begin` to 1 at `end`. */
export const linearSchedule: Schedule<RampOptions> = {
  name: 'linear',
  summary: 'a straight line between two values',
  schema: rampSchema,
  driver: 'progress',
  compile: (options) => (progress) => mix(options.from, options.to, rampPosition(options, progress)),
};

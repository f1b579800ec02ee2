import { mix, rampPosition, rampSchema, type RampOptions } from './ramp.js';
import type { Schedule } from './schedule.js';

/** v(u) = from + (to − from) (1 − cos πu) / 2 (Loshchilov & Hutter ICLR'17, eq. 5, one period). */
export const cosineSchedule: Schedule<RampOptions> = {
  name: 'cosine',
  summary: 'half a cosine between two values: slow, fast, slow',
  schema: rampSchema,
  driver: 'progress',
  compile: (options) => (progress) =>
    mix(options.from, options.to, (1 - Math.cos(Math.PI * rampPosition(options, progress))) / 2),
};

import { z } from 'zod';
import { chooseSchema } from './choose-schema.js';
import type { ParameterSpec, ScheduleSpec } from './parameter-spec.js';

const NO_NAME = 'a schedule needs its name under the key `schedule`';
const BAD_OPTION =
  'an option of a schedule is a finite number, a text, true, false, or a list of finite numbers';

const scheduleSchema: z.ZodType<ScheduleSpec> = z
  .object({ schedule: z.string(NO_NAME).min(1, NO_NAME) })
  .catchall(z.union([z.number(), z.string(), z.boolean(), z.array(z.number())], BAD_OPTION))
  // An entry that is there is defined, but `catchall` cannot say so.
  .transform((spec) => spec as ScheduleSpec);

const numberSchema: z.ZodType<number> = z.number({
  error: (issue) =>
    typeof issue.input === 'number'
      ? 'a parameter must be finite'
      : 'a parameter is a number, a list of numbers, or a schedule',
});

/** A finite number, a list of them, or a schedule; the options of a schedule are checked where it is compiled. */
export const parameterSchema: z.ZodType<ParameterSpec> = chooseSchema<ParameterSpec>((value) => {
  if (Array.isArray(value)) return z.array(numberSchema).min(1, 'a list of values must not be empty');
  return typeof value === 'object' && value !== null ? scheduleSchema : numberSchema;
});

/** A parameter as a function of progress τ ∈ [0, 1] or of training state. */
export type ScheduleSpec = { readonly schedule: string } & Readonly<
  Record<string, number | string | boolean | readonly number[]>
>;

/** A constant, a list (one value per class), or a schedule. */
export type ParameterSpec = number | readonly number[] | ScheduleSpec;

export function isSchedule(spec: ParameterSpec): spec is ScheduleSpec {
  return typeof spec === 'object' && !Array.isArray(spec);
}

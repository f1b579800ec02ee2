/** What `lossmith list` can list, by name; a file of its own, as help loads no registry. */
export const LIST_KINDS = [
  'engines',
  'fidelity-policies',
  'importance-evaluators',
  'losses',
  'metrics',
  'models',
  'optimizers',
  'pacings',
  'samplers',
  'schedules',
  'spaces',
  'stopping-rules',
  'tasks',
] as const;

export type ListKind = (typeof LIST_KINDS)[number];

import type { MemberChoice } from './experiment.js';

/** The part of a file that names a member of a registry, split into its name and its options. */
export function memberChoice(value: string | { readonly name: string }): MemberChoice {
  if (typeof value === 'string') return { name: value, options: {} };
  const { name, ...options } = value;
  return { name, options: options };
}

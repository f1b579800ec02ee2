import type { z } from 'zod';
import { canonicalJson, type Json } from '../core/json.js';
import type { MemberChoice } from './experiment.js';

type Options = MemberChoice['options'];

/** The part of a file that names a member of a registry, split into its name and its options. */
export function memberChoice(value: string | { readonly name: string }): MemberChoice {
  if (typeof value === 'string') return { name: value, options: {} };
  const { name, ...options } = value;
  return { name, options: options };
}

/**
 * A choice with every default of its options filled in: an experiment says the same after a default changes. Only where
 * the schema does not take its own output as it is, as that of a user's module may, they stay as they were written.
 * @param checked what the schema made of the options
 */
export function filledChoice(
  { name, options: written }: MemberChoice,
  checked: unknown,
  schema: z.ZodType,
): MemberChoice {
  const filled = jsonOf(checked);
  if (filled === undefined) return { name, options: written };
  const again = schema.safeParse(filled);
  const isStable = again.success && canonicalJson(jsonOf(again.data) ?? null) === canonicalJson(filled);
  return { name, options: isStable ? filled : written };
}

/** What a file would hold of the options; undefined where it cannot hold them. */
function jsonOf(options: unknown): Options | undefined {
  try {
    return JSON.parse(canonicalJson(options)) as Readonly<Record<string, Json>>;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

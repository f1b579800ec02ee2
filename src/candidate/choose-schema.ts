import { z } from 'zod';

/**
 * A schema that looks at the value first and then checks it with the one schema that is meant: unlike a union, it
 * says what is wrong inside the value, with the path.
 */
export function chooseSchema<Value>(choose: (value: unknown) => z.ZodType<Value>): z.ZodType<Value> {
  return z.unknown().transform((value, context): Value => {
    const parsed = choose(value).safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      // With its code, so that what was expected is still known.
      context.issues.push({ ...issue, path: [...issue.path], input: value } as z.core.$ZodRawIssue);
    }
    return z.NEVER;
  });
}

/** What stands under a key of an object; undefined for anything else. */
export function entryOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

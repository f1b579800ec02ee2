/** The module that Node looked for in vain; undefined where loading failed otherwise. */
export function missingModule(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') return undefined;
  return /Cannot find (?:package|module) '([^']*)'/.exec(messageOf(error))?.[1];
}

/** What was thrown, as text. */
export function messageOf(error: unknown): string {
  const { message } = error as { readonly message?: unknown };
  return String(message ?? error);
}

/** Text in one line of at most 200 characters: a package's own words for a failure are paths and stacks. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);

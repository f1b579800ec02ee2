import { readFileSync } from 'node:fs';

/** Module hooks, on the main thread or on Node's loader thread, for the files of users. */
interface Resolved {
  readonly url: string;
  readonly format?: string | null;
  readonly shortCircuit?: boolean;
}

type Next<Result> = (specifier: string, context: unknown) => Result;
/** A resolve hook that answers at once. */
export type Resolver = (specifier: string, context: unknown, next: Next<Resolved>) => Resolved;

/**
 * What is known of an import without the next hook: the bare name `lossmith` is this package, and `zod` the one that
 * Lossmith reads options with.
 * @param entry URL of this package's entry
 */
function ownAnswer(
  specifier: string,
  context: unknown,
  entry: string,
): Resolved | { readonly context: unknown } {
  if (specifier === 'lossmith') return { url: entry, shortCircuit: true };
  if (specifier === 'zod') return { context: { ...(context as object), parentURL: import.meta.url } };
  return { context };
}

/** What makes a text an ES module: a line that begins with `import` or `export`. */
const MODULE_LINE = /^\s*(?:import|export)\b/m;

/**
 * Files of users are ES modules, wherever they lie. Without this a package.json beside them would decide, and where
 * there is none, TypeScript would become CommonJS, which cannot require the modules that are being loaded. JavaScript
 * that is CommonJS by its text stays so.
 */
function asModule(resolved: Resolved, context: unknown): Resolved {
  const { url, format } = resolved;
  const { conditions = [] } = context as { readonly conditions?: readonly string[] };
  if (format === 'module' || !conditions.includes('import') || url.includes('/node_modules/'))
    return resolved;
  const extension = /^file:[^?]*(\.[jt]s)(?:\?|$)/.exec(url)?.[1];
  const module =
    extension === '.ts' ||
    (extension === '.js' && MODULE_LINE.test(readFileSync(new URL(url.split('?', 1)[0]!), 'utf8')));
  return module ? { ...resolved, format: 'module' } : resolved;
}

/** @param entry URL of this package's entry */
export const resolverOf =
  (entry: string): Resolver =>
  (specifier, context, next) => {
    const own = ownAnswer(specifier, context, entry);
    return 'url' in own ? own : asModule(next(specifier, own.context), context);
  };

let packageEntry = '';

/** Called by Node on its loader thread. */
export function initialize(data: { readonly entry: string }): void {
  packageEntry = data.entry;
}

/** The hook on the loader thread, where the next one answers later. */
export async function resolve(
  specifier: string,
  context: unknown,
  next: Next<Promise<Resolved>>,
): Promise<Resolved> {
  const own = ownAnswer(specifier, context, packageEntry);
  return 'url' in own ? own : asModule(await next(specifier, own.context), context);
}

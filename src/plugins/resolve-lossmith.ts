/** Module hooks, on the main thread or on Node's loader thread: the bare name `lossmith` is this package. */
interface Resolved {
  readonly url: string;
  readonly shortCircuit?: boolean;
}

type Next<Result> = (specifier: string, context: unknown) => Result;
type AnyResolver = <Result>(specifier: string, context: unknown, next: Next<Result>) => Result | Resolved;
/** A resolve hook that answers at once. */
export type Resolver = (specifier: string, context: unknown, next: Next<Resolved>) => Resolved;

/** @param entry URL of this package's entry. */
export const resolverOf =
  (entry: string): AnyResolver =>
  (specifier, context, next) => {
    if (specifier === 'lossmith') return { url: entry, shortCircuit: true };
    // User files may describe their options with the zod that Lossmith reads them with.
    if (specifier === 'zod') return next(specifier, { ...(context as object), parentURL: import.meta.url });
    return next(specifier, context);
  };

let resolver = resolverOf('');

/** Called by Node on its loader thread. */
export function initialize(data: { readonly entry: string }): void {
  resolver = resolverOf(data.entry);
}

/** The hook on the loader thread, where the next one answers later. */
export const resolve = (
  specifier: string,
  context: unknown,
  next: Next<Promise<Resolved>>,
): Promise<Resolved> | Resolved => resolver(specifier, context, next);

/** Module hooks, run on Node's loader thread: the bare name `lossmith` is this package. */
let entry = '';

export function initialize(data: { readonly entry: string }): void {
  entry = data.entry;
}

type NextResolve = (specifier: string, context: unknown) => Promise<{ url: string }>;

export async function resolve(
  specifier: string,
  context: unknown,
  next: NextResolve,
): Promise<{ url: string; shortCircuit?: boolean }> {
  if (specifier === 'lossmith') return { url: entry, shortCircuit: true };
  // User files may describe their options with the zod that Lossmith reads them with.
  if (specifier === 'zod') return next(specifier, { ...(context as object), parentURL: import.meta.url });
  return next(specifier, context);
}

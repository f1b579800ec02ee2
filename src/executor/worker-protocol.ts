/** Messages between the pool and a worker process. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: unknown }
  | { readonly kind: 'job'; readonly id: number; readonly job: unknown };

export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'setup-failed'; readonly error: WorkerError }
  /** The job goes on: a part of it is done. */
  | { readonly kind: 'progress'; readonly id: number }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: unknown }
  | { readonly kind: 'threw'; readonly id: number; readonly message: string };

/** An error in a form that crosses the process boundary. */
export type WorkerError =
  | {
      readonly user: true;
      readonly code: string;
      readonly message: string;
      readonly place: Readonly<Record<string, string | number>>;
      readonly found: string | undefined;
      readonly expected: string | undefined;
    }
  | { readonly user: false; readonly stack: string };

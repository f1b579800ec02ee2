/** How a piece of work ended. A reply that says so is data; nothing here throws because a candidate is bad. */
export type WorkResult<Reply> =
  | { readonly state: 'answered'; readonly reply: Reply; readonly durationMs: number }
  | {
      readonly state: 'failed';
      /** `threw`: the work threw; `time-limit`: it was ended by the clock; `crashed`: its process died, twice. */
      readonly reason: 'threw' | 'time-limit' | 'crashed';
      readonly message: string;
      readonly durationMs: number;
    }
  /** The executor was closed before the work was done; it may be done again. */
  | { readonly state: 'cancelled' };

/** Runs jobs somewhere else, several at a time, each within a time limit. */
export interface Executor<Job, Reply> {
  /**
   * A job that shows no progress for one time limit is ended, and so is one that takes longer than its share.
   * @param share how many time limits the job may take; default 1.
   */
  run(job: Job, share?: number): Promise<WorkResult<Reply>>;
  /** How many jobs run at a time. */
  readonly workers: number;
  /** Ends at once: running work is cancelled, processes are gone when it resolves. */
  close(): Promise<void>;
}

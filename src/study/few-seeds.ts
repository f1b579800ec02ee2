import type { Experiment } from './experiment.js';

/** With fewer, an interval over the seeds is so wide that hardly any gain shows. */
const ENOUGH = 3;

/** What to say of an experiment whose test stage has too few seeds; undefined where it has enough. */
export function fewSeedsNote({ test: { seeds } }: Pick<Experiment, 'test'>): string | undefined {
  if (seeds >= ENOUGH) return undefined;
  return `${seeds} test seeds show next to nothing: intervals over so few are very wide; 8 are the default of test.seeds`;
}

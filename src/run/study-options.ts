import type { Candidate } from '../candidate/candidate.js';
import type { StudyNews } from '../study/study-context.js';
import type { BackendChoice } from '../tensor/index.js';

/** How a study is run; none of it changes its numbers but what is said so. */
export interface RunOptions {
  /** Worker processes; default: one for each core. */
  readonly workers?: number;
  /** Told what happens: stages, pieces of training, settled trials, notes. Must not throw. */
  readonly tell?: (news: StudyNews) => void;
  /** Ends the study at once when aborted; what was completed is in the journal, and `resume` goes on. */
  readonly signal?: AbortSignal;
}

/** How a study is begun. */
export interface BeginOptions extends RunOptions {
  /** Where data files are looked for, in order, before the folder of the experiment. Default: none. */
  readonly dataFolders?: readonly string[];
  /** The folder that gets `<study>/`. Default `results`. */
  readonly results?: string;
  /** Backend of TensorFlow.js; changes the numbers. Default `auto`: the best that loads. */
  readonly backend?: BackendChoice;
  /** Overrides the experiment's; changes the numbers. */
  readonly engine?: string;
  /** Overrides the experiment's; changes the numbers. */
  readonly seed?: number;
  /** Trials of the search; overrides the experiment's, changes the numbers. */
  readonly trials?: number;
  /** The loss to evaluate, instead of the experiment's; `evaluate` alone. */
  readonly candidate?: Candidate;
  /**
   * File of the loss to evaluate, as `--loss` takes it; not beside `candidate`. best-loss.json also says which search
   * found the loss, and the verdict repeats it.
   */
  readonly loss?: string;
}

/** How a study is gone on with. */
export interface ResumeOptions extends RunOptions {
  /** Looked into before the folders that the study began with. */
  readonly dataFolders?: readonly string[];
}

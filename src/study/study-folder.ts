/** The journal of a study, in its folder. */
export const JOURNAL_FILE = 'study.db';
/** Locked by the process that runs the study. */
export const LOCK_FILE = 'study.lock';
/** The experiment as it was run. */
export const EXPERIMENT_FILE = 'experiment.yaml';

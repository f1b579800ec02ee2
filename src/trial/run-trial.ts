import { outcomeOf, runCohort } from './run-cohort.js';
import type { TrialContext } from './trial-context.js';
import type { TrialJob, TrialOutcome } from './trial.js';

/**
 * Trains one candidate from one seed up to a fidelity and scores it. Deterministic: equal jobs in equal contexts
 * give equal outcomes, in one piece or resumed from a checkpoint, alone or in a cohort.
 * @throws UserError `candidate` when the candidate does not fit the task; what a loss throws is passed on
 */
export async function runTrial(job: TrialJob, context: TrialContext): Promise<TrialOutcome> {
  const [trial] = await runCohort([job], context);
  return outcomeOf(trial!);
}

import type { Registries } from '../plugins/registries.js';
import { SEARCH_ARM } from './arm.js';
import type { Experiment } from './experiment.js';
import type { SettledTrial } from './settled-trial.js';

/**
 * True where the sampler of the search plans its own rounds: a trial that ends before the whole training was not
 * stopped because others were better, but is a piece that went on in another trial or ended by plan.
 */
export const searchPlansRounds = (experiment: Experiment, registries: Registries): boolean =>
  registries.samplers.get(experiment.search.sampler.name).rounds !== undefined;

/** True for a trial of such a search that is a piece of a training. */
export const isPiece = (
  {
    stage,
    arm,
    outcome,
  }: Pick<SettledTrial, 'stage' | 'arm'> & { readonly outcome: { readonly state: string } },
  plansRounds: boolean,
): boolean => plansRounds && stage === 'search' && arm === SEARCH_ARM && outcome.state === 'pruned';

/**
 * The trials with which no other goes on: one for each training from the start, of which they are the last piece. All of
 * them where none goes on with another.
 */
export function lastPieces<Trial extends Pick<SettledTrial, 'trial' | 'continues'>>(
  trials: readonly Trial[],
): readonly Trial[] {
  const gone = new Set(trials.map(({ continues }) => continues));
  return trials.filter(({ trial }) => !gone.has(trial));
}

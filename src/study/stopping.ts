import { builtinStoppingRules } from '../stopping/registry.js';
import type { StoppingTrial } from '../stopping/rule.js';
import { SEARCH_ARM } from './arm.js';
import { totalViolationOf } from './constraints.js';
import type { Experiment } from './experiment.js';
import { scoresOf } from './goals.js';
import type { StudyFacts } from './study-facts.js';
import { scoreOf } from './read-outcome.js';
import type { SettledTrial } from './settled-trial.js';

/** Which rule ended a search, and why. */
export interface SearchStop {
  readonly rule: string;
  /** In a few words, with numbers. */
  readonly reason: string;
}

/**
 * The first stopping rule of the experiment that holds after these trials, in the order of the file; undefined where
 * none does or the budget is used up.
 * @param told the settled trials of the search arm in trial order: whole waves
 */
export function stopAfter(
  { search, metrics, constraints = [] }: Experiment,
  direction: 'maximize' | 'minimize',
  told: readonly SettledTrial[],
): SearchStop | undefined {
  const left = search.trials - told.length;
  if (search.stop === undefined || left <= 0) return undefined;
  // Without a whole training there would be nothing to select from.
  if (!told.some(({ outcome }) => outcome.state === 'completed')) return undefined;
  const stepsBefore = new Map(
    told.map(({ trial, outcome }) => [trial, 'steps' in outcome ? outcome.steps : 0]),
  );
  const history = told.map((record) => {
    // A trial that goes on with the training of another one did not do its steps.
    const before = record.continues === undefined ? 0 : (stepsBefore.get(record.continues) ?? 0);
    // What misses a constraint cannot win, so it is no reason to end a search.
    const kept = totalViolationOf(constraints, scoresOf(record)) === 0;
    return stoppingTrial(record, metrics[0]!.key, direction, { before, kept });
  });
  for (const { name, options } of search.stop) {
    const rule = builtinStoppingRules.get(name);
    const reason = rule.check({ options: rule.schema.parse(options) as never, history, left, direction });
    if (reason === undefined) continue;
    // To a rule that looks at scores they have none, and its reason would deny what a trial beyond the bounds has.
    const bounded = constraints.length > 0 && rule.budgetOnly !== true;
    return { rule: name, reason: bounded ? `${reason}; trials that miss a constraint do not count` : reason };
  }
  return undefined;
}

function stoppingTrial(
  { index, wave, outcome }: SettledTrial,
  metric: string,
  direction: 'maximize' | 'minimize',
  { before, kept }: { readonly before: number; readonly kept: boolean },
): StoppingTrial {
  const score = scoreOf(outcome, metric);
  const scored = kept && score !== undefined && Number.isFinite(score);
  const value = scored ? (direction === 'maximize' ? -score : score) : Number.POSITIVE_INFINITY;
  const own = 'steps' in outcome && outcome.duplicateOf === undefined;
  return {
    ...{ trial: index, wave, value, complete: scored && outcome.state === 'completed' },
    steps: own ? Math.max(0, outcome.steps - before) : 0,
  };
}

/** How a search ended, from its journal: in a sentence; undefined where no stopping rule ended it (yet). */
export function searchEnd({
  provenance,
  records,
}: StudyFacts): (SearchStop & { readonly sentence: string }) | undefined {
  const { experiment, direction } = provenance;
  const told = records.filter(({ stage, arm }) => stage === 'search' && arm === SEARCH_ARM);
  const stop = stopAfter(experiment, direction, told);
  if (stop === undefined) return undefined;
  const { trials } = experiment.search;
  return {
    ...stop,
    sentence: `The search ended after ${told.length} of ${trials} trials by the rule "${stop.rule}": ${stop.reason}.`,
  };
}

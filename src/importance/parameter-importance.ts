import { UserError } from '../core/errors.js';
import { renderValue } from '../core/render-value.js';
import { isFree } from '../search/points.js';
import type { Observation } from '../search/sampler.js';
import { conditionText } from '../space/condition-text.js';
import type { Space } from '../space/space.js';
import type { EntryImportance, ImportanceEvaluator } from './evaluator.js';
import { builtinImportanceEvaluators } from './registry.js';

/** One entry in a table of importances. */
export interface RankedImportance extends EntryImportance {
  /** 1, 2, …; undefined where there is no importance. */
  readonly rank: number | undefined;
  /** Part of the sum of all importances, in [0, 1]; undefined where there is none. */
  readonly share: number | undefined;
  /** The conditions under which the entry is active, such as `family = focal`; empty where it always is. */
  readonly activeWhen: string;
}

/**
 * How much each entry of a space mattered, the most important first; entries about which the trials say nothing come
 * last, in the order of the space. Entries of one value are left out. Importances are measured within the trials
 * in which an entry is active, so those of conditional entries say what they matter once they are.
 * @param trials with distinct trial numbers; values are minimised, +Infinity counts as the worst
 * @param evaluator the name of one that comes with Lossmith (`ped-anova`, the default, or `fanova`), or one of one's own
 * @throws UserError `unknown-name` for another name, `usage` for what is no evaluator
 */
export function parameterImportance(
  space: Space,
  trials: readonly Observation[],
  evaluator: string | ImportanceEvaluator = builtinImportanceEvaluators.members[0]!,
): readonly RankedImportance[] {
  const found = evaluatorOf(evaluator).evaluate(space, trials);
  const total = found.reduce((sum, { importance }) => sum + (importance ?? 0), 0);
  const conditions = new Map(
    space.entries.filter(isFree).map((entry) => [entry.name, conditionText(entry.conditions)]),
  );
  return [...found]
    .sort((a, b) => (b.importance ?? -1) - (a.importance ?? -1))
    .map((one, index) => ({
      ...one,
      rank: one.importance === undefined ? undefined : index + 1,
      share: one.importance === undefined || total === 0 ? undefined : one.importance / total,
      activeWhen: conditions.get(one.entry)!,
    }));
}

/** For callers whose compiler did not check what they wrote. */
function evaluatorOf(given: unknown): ImportanceEvaluator {
  if (typeof given === 'string') return builtinImportanceEvaluators.get(given);
  const { evaluate } = (given ?? {}) as Partial<ImportanceEvaluator>;
  if (typeof evaluate === 'function') return given as ImportanceEvaluator;
  throw new UserError({
    code: 'usage',
    message: 'what should measure the importance is no evaluator',
    found: renderValue(given),
    expected: `an object with \`evaluate\`, or one of ${builtinImportanceEvaluators.members.map(({ name }) => name).join(', ')}`,
  });
}

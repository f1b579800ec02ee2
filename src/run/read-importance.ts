import { UserError } from '../core/errors.js';
import { leftOut } from '../importance/left-out.js';
import { parameterImportance, type RankedImportance } from '../importance/parameter-importance.js';
import { builtinImportanceEvaluators } from '../importance/registry.js';
import { readFacts } from '../study/read-facts.js';
import { reloadRegistries } from '../study/reload-experiment.js';
import { searchTrials } from '../study/search-trials.js';
import { checkPath } from './check-options.js';

/** What {@link readImportance} gives. */
export interface StudyImportance {
  readonly study: string;
  readonly evaluator: string;
  /** Trials that it was computed from: of the search and of the random control. */
  readonly trials: number;
  readonly rows: readonly RankedImportance[];
  /** What is left out and why, in a sentence; absent where every entry has a row. */
  readonly note?: string;
}

/**
 * How much each entry of the searched space mattered, from the journal in a folder: `lossmith importance DIR` as a
 * function. The study may be running.
 * @param evaluator `ped-anova` (default) or `fanova`
 * @throws UserError `study` where the folder holds none, or none that searched; `unknown-name` for another evaluator
 */
export async function readImportance(
  folder: string,
  evaluator = builtinImportanceEvaluators.members[0]!.name,
): Promise<StudyImportance> {
  checkPath('readImportance', 'folder', folder);
  const member = builtinImportanceEvaluators.get(evaluator);
  const facts = readFacts(folder);
  const { experiment } = facts.provenance;
  const searched = searchTrials(facts, await reloadRegistries(experiment));
  if (searched === undefined) {
    throw new UserError({
      code: 'study',
      message: 'nothing was searched, so nothing has an importance',
      place: { file: folder },
      found: 'the study of a given loss',
      expected: 'a study of a search space',
    });
  }
  const { space, trials } = searched;
  const rows = parameterImportance(space, trials, member);
  const note = leftOut(space, rows);
  return {
    ...{ study: experiment.name, evaluator, trials: trials.length, rows },
    ...(note === undefined ? {} : { note }),
  };
}

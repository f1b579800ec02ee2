import { parameterImportance } from '../../importance/parameter-importance.js';
import { pedAnova } from '../../importance/ped-anova.js';
import type { Registries } from '../../plugins/registries.js';
import { searchTrials } from '../../study/search-trials.js';
import type { StudyFacts } from '../../study/study-facts.js';
import type { ImportanceTable } from '../report-model.js';

/** How much each entry of the space mattered; undefined for an evaluation, and where there is nothing to measure. */
export function importanceOf(facts: StudyFacts, registries: Registries): ImportanceTable | undefined {
  const searched = searchTrials(facts, registries);
  if (searched === undefined) return undefined;
  const { space, trials } = searched;
  const rows = parameterImportance(space, trials, pedAnova);
  // Formulas lie on no axis: a space of them has nothing to show.
  return rows.length === 0 ? undefined : { evaluator: pedAnova.name, trials: trials.length, rows };
}

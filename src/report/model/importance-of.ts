import { leftOut } from '../../importance/left-out.js';
import { parameterImportance } from '../../importance/parameter-importance.js';
import { pedAnova } from '../../importance/ped-anova.js';
import type { Registries } from '../../plugins/registries.js';
import { searchTrials } from '../../study/search-trials.js';
import type { StudyFacts } from '../../study/study-facts.js';
import type { ImportanceTable } from '../report-model.js';

/** How much each entry of the space mattered; undefined for an evaluation. */
export function importanceOf(facts: StudyFacts, registries: Registries): ImportanceTable | undefined {
  const searched = searchTrials(facts, registries);
  if (searched === undefined) return undefined;
  const { space, trials } = searched;
  const rows = parameterImportance(space, trials, pedAnova);
  const note = leftOut(space, rows);
  return {
    ...{ evaluator: pedAnova.name, trials: trials.length, rows },
    ...(note === undefined ? {} : { note }),
  };
}

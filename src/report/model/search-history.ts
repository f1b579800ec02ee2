import { SEARCH_ARM } from '../../study/arm.js';
import type { StudyFacts } from '../../study/study-facts.js';
import { scoreOf } from '../../study/read-outcome.js';
import type { SearchHistory } from '../report-model.js';

/** Trials of the sampled arms; textbook controls as lines. */
export function searchHistory({ provenance, records }: StudyFacts): SearchHistory {
  const { experiment } = provenance;
  const key = experiment.metrics[0]!.key;
  const searched = records.filter(({ stage }) => stage === 'search');
  const sampled = searched.filter(({ assignment }) => assignment !== undefined);
  return {
    trials: sampled.map(({ index, arm, outcome }) => {
      const value = scoreOf(outcome, key);
      return {
        trial: index,
        arm,
        fidelity: 'fidelity' in outcome ? outcome.fidelity / experiment.training.evaluations : 1,
        ...(value === undefined ? {} : { value }),
      };
    }),
    controls: searched
      .filter(({ assignment, arm }) => assignment === undefined && arm !== SEARCH_ARM)
      .flatMap(({ arm, outcome }) => {
        const value = scoreOf(outcome, key);
        return value === undefined ? [] : [{ name: arm, value }];
      }),
  };
}

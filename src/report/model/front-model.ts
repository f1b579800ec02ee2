import { describeCandidate } from '../../candidate/describe-candidate.js';
import { frontOf, searchFront } from '../../export/search-front.js';
import { SEARCH_ARM } from '../../study/arm.js';
import { constraintsText } from '../../study/constraints.js';
import type { StudyFacts } from '../../study/study-facts.js';
import type { FrontModel } from '../report-model.js';

/** The front of a search for several objectives as the report shows it; undefined for a search for one. */
export function frontModel(facts: StudyFacts): FrontModel | undefined {
  const found = searchFront(facts);
  if (found === undefined) return undefined;
  const { constraints } = facts.provenance.experiment;
  const arms = [...new Set(found.trials.map(({ record }) => record.arm))];
  const front = new Set(arms.flatMap((arm) => frontOf(found, arm).map(({ record }) => record.trial)));
  return {
    objectives: found.objectives.map(({ key, direction }) => ({ key, direction })),
    points: found.trials
      .filter(({ scores }) => scores.every(Number.isFinite))
      .map(({ record: { trial, arm, candidate }, scores, feasible }) => ({
        ...{ trial, arm, scores, feasible },
        role: arm === SEARCH_ARM ? 'search' : 'control',
        onFront: front.has(trial),
        text: describeCandidate(candidate),
      })),
    ...(found.reference === undefined ? {} : { reference: found.reference }),
    hypervolumes: found.histories.map(({ arm, points }) => ({
      arm,
      points: points.map(({ record, share }) => ({ trial: record.index, share })),
    })),
    ...(constraints === undefined ? {} : { constraints: constraintsText(constraints) }),
  };
}

import { describeCandidate } from '../candidate/describe-candidate.js';
import { frontOf, type SearchFront } from '../export/search-front.js';
import { fixedText } from '../statistics/number-text.js';
import { SEARCH_ARM } from '../study/arm.js';
import { valueOf } from '../study/objectives.js';

/** The Pareto front of a search as header and rows: best in the primary metric first. */
export function frontTable(found: SearchFront): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const { objectives } = found;
  const first = objectives[0]!;
  const front = [...frontOf(found, SEARCH_ARM)].sort(
    (a, b) => valueOf(first, a.scores[0]) - valueOf(first, b.scores[0]) || a.record.trial - b.record.trial,
  );
  return {
    header: ['trial', ...objectives.map(({ key }) => key), 'loss'],
    rows: front.map(({ record, scores }) => [
      String(record.trial),
      ...scores.map((score) => fixedText(score, 4)),
      describeCandidate(record.candidate),
    ]),
  };
}

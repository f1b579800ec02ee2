import { fixedText } from '../../statistics/number-text.js';
import { html, type Html } from '../html.js';
import type { FrontPoint, ReportModel } from '../report-model.js';
import { table } from '../table.js';

/** The Pareto front of the search in numbers, best in the primary metric first. */
export function frontTable({ front }: ReportModel): Html | undefined {
  const points = (front?.points ?? []).filter(({ role, onFront }) => role === 'search' && onFront);
  if (front === undefined || points.length === 0) return undefined;
  const sign = front.objectives[0]!.direction === 'maximize' ? -1 : 1;
  const order = [...points].sort((a, b) => sign * (a.scores[0]! - b.scores[0]!) || a.trial - b.trial);
  return table<FrontPoint>(
    'The Pareto front of the search on the validation part: no other trial of it is better in one objective and not worse in the others.',
    [
      { heading: 'trial', kind: 'number', cell: ({ trial }) => trial },
      ...front.objectives.map(({ key, direction }, index) => ({
        heading: `${key} (${direction === 'maximize' ? 'higher is better' : 'lower is better'})`,
        kind: 'number' as const,
        cell: ({ scores }: FrontPoint) => fixedText(scores[index]!, 4),
      })),
      { heading: 'loss', cell: ({ text }) => html`<code>${text}</code>` },
    ],
    order,
  );
}

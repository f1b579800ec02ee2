import type { RankedImportance } from '../../importance/parameter-importance.js';
import { numberText } from '../../statistics/number-text.js';
import type { Html } from '../html.js';
import type { ReportModel } from '../report-model.js';
import { table } from '../table.js';

/** The numbers of the bars. */
export function importanceTable({ importance }: ReportModel): Html | undefined {
  if (importance === undefined || importance.rows.length === 0) return undefined;
  const text = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : numberText(value, 3);
  return table<RankedImportance>(
    `Importance of the parameters by ${importance.evaluator}, from ${importance.trials} trials of the search and of ` +
      'random search; failures count as the worst. Noise: the 95 % quantile for a parameter without influence.',
    [
      { heading: 'parameter', cell: ({ entry }) => entry },
      { heading: 'active when', cell: ({ activeWhen }) => (activeWhen === '' ? 'always' : activeWhen) },
      { heading: 'trials', kind: 'number', cell: ({ trials }) => trials },
      { heading: 'importance', kind: 'number', cell: (row) => text(row.importance) },
      {
        heading: 'share',
        kind: 'number',
        cell: ({ share }) => (share === undefined ? undefined : `${(100 * share).toFixed(1)} %`),
      },
      { heading: 'noise', kind: 'number', cell: (row) => text(row.noise) },
    ],
    importance.rows,
  );
}

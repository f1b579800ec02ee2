import { decimalsOf, fixedText } from '../../statistics/number-text.js';
import { html, type Html } from '../html.js';
import type { LeaderboardRow, ReportModel, StageName, StageScore } from '../report-model.js';
import { table } from '../table.js';

/** All arms with their scores at each stage. */
export function leaderboardSection({ leaderboard, metric }: ReportModel): Html {
  if (leaderboard.length === 0) return html`<p class="empty">No arm has a rank yet.</p>`;
  const stage = (name: StageName) => (row: LeaderboardRow) => scoreText(row.stages[name]);
  return table<LeaderboardRow>(
    `${metric.key} (${metric.direction === 'maximize' ? 'higher is better' : 'lower is better'}): mean ± standard deviation over n seeds, on the part of each stage.`,
    [
      { heading: 'rank', kind: 'number', cell: ({ rank }) => rank },
      {
        heading: 'arm and loss',
        cell: ({ name, role, text }) =>
          html`${name}<span class="role ${role}">${role}</span><br /><code>${text}</code>`,
      },
      { heading: 'test', kind: 'number', cell: stage('test') },
      { heading: 'selection', kind: 'number', cell: stage('selection') },
      { heading: 'search', kind: 'number', cell: stage('search') },
      { heading: 'hash', kind: 'code', cell: ({ hash }) => hash },
    ],
    leaderboard,
    ({ role }) => role,
  );
}

function scoreText(score: StageScore | undefined): Html | undefined {
  if (score === undefined) return undefined;
  const { mean, standardDeviation, count } = score;
  const decimals = decimalsOf(standardDeviation ?? NaN);
  const deviation = standardDeviation === undefined ? '' : ` ± ${fixedText(standardDeviation, decimals)}`;
  return html`${fixedText(mean, decimals)}${deviation} <small>n=${count}</small>`;
}

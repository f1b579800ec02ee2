import { html, type Html } from '../html.js';
import type { FunnelStage, ReportModel } from '../report-model.js';
import { table } from '../table.js';

/** What went through search, selection and test. */
export function funnelTable({ funnel }: ReportModel): Html {
  if (funnel.length === 0) return html`<p class="empty">Nothing has been trained yet.</p>`;
  return table<FunnelStage>(
    'The funnel: each stage has its own data and its own seeds.',
    [
      { heading: 'stage', cell: ({ stage }) => stage },
      { heading: 'candidates and controls', kind: 'number', cell: ({ arms }) => arms },
      { heading: 'seeds each', kind: 'number', cell: ({ seedsEach }) => seedsEach },
      { heading: 'trainings', kind: 'number', cell: ({ arms, seedsEach }) => arms * seedsEach },
      { heading: 'scored on', cell: ({ part }) => part },
    ],
    funnel,
  );
}

/** How the search began and ended, where there is something to say. */
export function searchNotes({ searchNotes: notes = [] }: ReportModel): readonly Html[] {
  return notes.map((note) => html`<p>${note}</p>`);
}

/** Why trials ended without a score. */
export function reasonTable({ trialCounts }: ReportModel): Html | undefined {
  const rows = trialCounts.flatMap(({ state, reasons }) => reasons.map((reason) => ({ state, ...reason })));
  if (rows.length === 0) return undefined;
  return table(
    'Reasons on record.',
    [
      { heading: 'state', cell: ({ state }) => state },
      { heading: 'reason', cell: ({ reason }) => reason },
      { heading: 'trials', kind: 'number', cell: ({ count }) => count },
    ],
    rows,
  );
}

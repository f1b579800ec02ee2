import type { Registry } from '../core/registry.js';
import { figure } from './figure.js';
import { html, trusted, type Html } from './html.js';
import type { ReportModel } from './report-model.js';
import type { ReportPlot, ReportSection } from './report-plot.js';
import { builtinPlots } from './registry.js';
import { comparisonTable, verdictBox } from './sections/comparisons.js';
import { foundLoss, keyFacts, provenanceFacts, taskFacts } from './sections/facts.js';
import { importanceTable } from './sections/importance.js';
import { frontTable } from './sections/front.js';
import { leaderboardSection } from './sections/leaderboard.js';
import { funnelTable, reasonTable, searchNotes } from './sections/search.js';
import { STYLE } from './style.js';

/**
 * One self-contained HTML page: no script, nothing from the network (its own policy forbids both), plots as inline
 * SVG. Pure: equal models give equal bytes. Everything of the model that is text is escaped.
 * @param plots the figures, each in the section that it names; default: all built in.
 */
export function renderReport(model: ReportModel, plots: Registry<ReportPlot> = builtinPlots): string {
  const figures = (section: ReportSection): Html[] =>
    plots.members
      .filter((plot) => plot.section === section && plot.applies?.(model) !== false)
      .map((plot) => figure(plot, model));
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="generator" content="lossmith ${model.packageVersion}" />
        <title>${model.study} · loss search report</title>
        <style>
          ${trusted(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <header>
            <p class="kind">Loss search report</p>
            <h1>${model.study}</h1>
            ${keyFacts(model)}
          </header>
          ${verdictBox(model)}
          <h2 id="comparisons">Comparisons</h2>
          ${figures('comparisons')} ${comparisonTable(model)}
          <h2 id="leaderboard">Leaderboard</h2>
          ${leaderboardSection(model)}
          <h2 id="found-loss">The found loss</h2>
          ${foundLoss(model)} ${figures('found-loss')}
          <h2 id="search">The search</h2>
          ${[...searchNotes(model)]} ${funnelTable(model)} ${figures('search')} ${frontTable(model)}
          ${importanceTable(model)} ${reasonTable(model)}
          <h2 id="task">Task and data</h2>
          ${taskFacts(model)}
          <h2 id="again">How to get the same numbers</h2>
          ${provenanceFacts(model)}
          <footer>
            Made by lossmith ${model.packageVersion} from the journal of the study; it can be deleted and made
            again.
          </footer>
        </main>
      </body>
    </html> `.markup;
}

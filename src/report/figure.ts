import { html, type Html } from './html.js';
import { plotToSvg } from './plot-to-svg.js';
import type { LegendEntry, Panel, ReportPlot } from './report-plot.js';
import type { ReportModel } from './report-model.js';

/** A figure with heading, legend, panels and caption; a sentence where there is nothing to draw. */
export function figure(plot: ReportPlot, model: ReportModel): Html {
  const drawing = plot.draw(model);
  const heading = html`<h3 id="${plot.name}">${plot.title}</h3>`;
  if (drawing.state === 'empty')
    return html`${heading}
      <p class="empty">${drawing.sentence}</p>`;
  const { panels, legend, remarks } = drawing;
  return html`${heading}
    <figure aria-labelledby="${plot.name}">
      ${
        legend.length === 0
          ? undefined
          : html`<ul class="legend">
              ${legend.map(legendItem)}
            </ul>`
      }
      <div class="panels">${panels.map(panelMarkup)}</div>
      <figcaption>${[plot.summary, ...remarks].join(' ')}</figcaption>
    </figure>`;
}

function panelMarkup({ title, description, options }: Panel): Html {
  return html`<div class="panel">
    ${
      title === undefined ? undefined : html`<p class="panel-title">${title}</p>`
    }${plotToSvg(options, description)}
  </div> `;
}

function legendItem({ name, style }: LegendEntry): Html {
  return html`<li>
    <svg width="30" height="10" aria-hidden="true">
      <line
        x1="1"
        x2="29"
        y1="5"
        y2="5"
        stroke="${style.stroke}"
        stroke-width="2.5"
        stroke-dasharray="${style.dash}"
        stroke-opacity="${style.opacity}"
      /></svg
    >${name}
  </li>`;
}

import { html, type Html } from '../html.js';
import { factList } from '../table.js';
import type { ReportModel } from '../report-model.js';

/** The line of facts below the title. */
export function keyFacts(model: ReportModel): Html {
  const { metric, task } = model;
  return factList([
    { name: 'task', value: task.name },
    { name: 'metric', value: `${metric.key} (${metric.direction})` },
    { name: 'seed', value: model.seed },
    { name: 'engine', value: `${model.engine} on ${model.backend}` },
    { name: 'lossmith', value: model.packageVersion },
  ]);
}

/** The found loss as text and as the JSON that `lossmith evaluate --loss` takes. */
export function foundLoss({ found }: ReportModel): Html {
  if (found === undefined) return html`<p class="empty">No loss has been found yet.</p>`;
  return html`<p class="formula"><code>${found.text}</code></p>
    <details>
      <summary>Candidate <code>${found.hash}</code> as JSON</summary>
      <pre>${JSON.stringify(found.candidate, undefined, 2)}</pre>
    </details>`;
}

/** Data of the task and remarks about it. */
export function taskFacts({ task }: ReportModel): Html {
  return html`<p>${task.summary}</p>
    ${factList(task.parts.map(({ name, size }) => ({ name: `${name} samples`, value: size })))}
    ${
      task.notes.length === 0
        ? undefined
        : html`<ul>
            ${task.notes.map((note) => html`<li>${note}</li>`)}
          </ul>`
    }`;
}

/** What it takes to get the same numbers again. */
export function provenanceFacts({ provenance, environment }: ReportModel): Html {
  return html`<div class="columns">
    <div>
      <h3>Provenance</h3>
      ${factList(provenance)}
    </div>
    <div>
      <h3>Environment</h3>
      ${factList(environment)}
    </div>
  </div>`;
}

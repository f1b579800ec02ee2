import { html, type Html } from './html.js';
import type { Fact } from './report-model.js';

export interface Column<Row> {
  readonly heading: string;
  /** Numbers are set flush right with equal digits. */
  readonly kind?: 'text' | 'number' | 'code';
  cell(row: Row): string | number | Html | undefined;
}

/** A table that scrolls on narrow screens; an en dash where a cell has no value. */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  rowClass: (row: Row) => string = () => '',
): Html {
  const kindOf = ({ kind = 'text' }: Column<Row>): string => kind;
  return html`<div class="scroll">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => html`<th scope="col" class="${kindOf(column)}">${column.heading}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr class="${rowClass(row)}">
              ${columns.map((column) => html`<td class="${kindOf(column)}">${column.cell(row) ?? '–'}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Names and values as a description list. */
export function factList(facts: readonly Fact[]): Html {
  return html`<dl>
    ${facts.map(
      ({ name, value }) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}

import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { html, trusted } from '../../src/report/html.js';

interface Parsed {
  readonly document: {
    querySelector(selector: string): { textContent: string; getAttribute(name: string): string } | null;
  };
}

describe('html', () => {
  it('gives back any text, as content and as attribute, when a browser reads it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'<>&"\'/=a;#x3 \u00e9'), maxLength: 30 });
    fc.assert(
      fc.property(text, (value) => {
        const page = html`<html>
          <body>
            <p title="${value}">${value}</p>
          </body>
        </html>`.markup;
        const { document } = parseHTML(page) as unknown as Parsed;
        const found = document.querySelector('p')!;
        expect(found.textContent).toBe(value);
        expect(found.getAttribute('title')).toBe(value);
      }),
    );
  });

  it('takes markup as it is, lists in order, and nothing for undefined', () => {
    expect(html`${trusted('<b>')}${[1, 'a<', html`<i>${'&'}</i>`]}${undefined}`.markup).toBe(
      '<b>1a&lt;<i>&amp;</i>',
    );
  });
});

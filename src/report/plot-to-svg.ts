import * as Plot from '@observablehq/plot';
import type { PlotOptions } from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { escapeHtml, trusted, type Html } from './html.js';

/** What is used of an element here: the declarations of the DOM are not part of this project. */
interface SvgElement {
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  querySelectorAll(selector: string): Iterable<SvgElement>;
}

const GEOMETRY = ['d', 'transform', 'x', 'y', 'x1', 'x2', 'y1', 'y2', 'cx', 'cy', 'width', 'height'];

/** Draws a plot without a browser. Equal options give equal text. */
export function plotToSvg(options: PlotOptions, description: string): Html {
  const page = parseHTML('<!doctype html><html><body></body></html>') as unknown as { document: object };
  const drawn: unknown = Plot.plot({
    // Colours, opacities and radii are meant as given, not as data to be scaled.
    color: { type: 'identity' },
    opacity: { type: 'identity' },
    r: { type: 'identity' },
    ...options,
    document: page.document,
    className: 'plot',
    style: { background: 'none', overflow: 'visible', fontSize: '12px' },
  });
  const svg = drawn as SvgElement;
  for (const element of svg.querySelectorAll('*')) roundGeometry(element);
  // Plot's own style element says what the report's style sheet says for the class `plot`.
  const markup = svg.outerHTML.replace(/<style>[^<]*<\/style>/, '');
  return trusted(markup.replace('<svg ', `<svg role="img" aria-label="${escapeHtml(description)}" `));
}

/** Hundredths of a pixel are enough, and a third of the bytes. */
function roundGeometry(element: SvgElement): void {
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value === null || !/\.\d{3}/.test(value)) continue;
    element.setAttribute(
      name,
      value.replace(/-?\d+\.\d+(e-?\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100)),
    );
  }
}

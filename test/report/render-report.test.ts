import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { builtinPlots } from '../../src/report/registry.js';
import { renderReport } from '../../src/report/render-report.js';
import type { ReportModel } from '../../src/report/report-model.js';
import { emptyModel, finishedModel } from './support/models.js';

interface Element {
  readonly textContent: string;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  querySelectorAll(selector: string): Element[];
}

function parse(page: string): Element {
  return (parseHTML(page) as unknown as { document: Element }).document;
}

const texts = (root: Element, selector: string): string[] =>
  [...root.querySelectorAll(selector)].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim());

/** Keys whose text is one of a fixed set, not free. */
const FIXED = new Set(['direction', 'role', 'state', 'stage', 'kind', 'finding', 'because']);

/** The same model with every free text replaced. */
function withTexts(value: unknown, change: (text: string) => string, key = ''): unknown {
  if (typeof value === 'string') return FIXED.has(key) ? value : change(value);
  if (Array.isArray(value)) return value.map((item) => withTexts(item, change, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, withTexts(item, change, name)]),
  );
}

describe('renderReport', () => {
  const page = renderReport(finishedModel());

  it('gives equal bytes for equal models', () => {
    renderReport(emptyModel());
    expect(renderReport(structuredClone(finishedModel()))).toBe(page);
  });

  it('is one page that needs nothing else', () => {
    expect(page.startsWith('<!doctype html>')).toBe(true);
    expect(page).not.toMatch(/https?:\/\//);
    expect(page).not.toMatch(/@import|url\(|\bsrc=|\bhref=/);
    const root = parse(page);
    expect(root.querySelectorAll('script, link, iframe, object, embed')).toHaveLength(0);
    expect(root.querySelectorAll('title')).toHaveLength(1 + root.querySelectorAll('svg title').length);
    expect(page).toContain(`default-src 'none'`);
  });

  it('holds every figure, section and claim in this order', () => {
    const root = parse(page);
    expect(texts(root, 'h1')).toEqual(['adult-income-focal-mixture']);
    expect(texts(root, 'h2')).toEqual([
      'Comparisons',
      'Leaderboard',
      'The found loss',
      'The search',
      'Task and data',
      'How to get the same numbers',
    ]);
    expect(texts(root, 'h3').slice(0, builtinPlots.members.length)).toEqual(
      builtinPlots.members.map(({ title }) => title),
    );
    expect(texts(root, '.verdict p')).toEqual(['Significant gain', finishedModel().verdict!.sentence]);
  });

  it('has ids that are unique', () => {
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(10);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows the scores of the leaderboard with their spread and count', () => {
    const rows = [...parse(page).querySelectorAll('tr.winner')].map((row) => texts(row, 'td'));
    expect(rows).toHaveLength(1);
    expect(rows[0]!.slice(2, 3)).toEqual(['0.8527 ± 0.0038 n=10']);
    expect(rows[0]!.at(-1)).toBe('3fa94c1d07b0');
  });

  it('shows the candidate as JSON that can be read back', () => {
    const [json] = [...parse(page).querySelectorAll('pre')].map(({ textContent }) => textContent);
    expect(JSON.parse(json!)).toEqual(finishedModel().found!.candidate);
  });

  it('lists the comparison that could not be made with its reason', () => {
    expect(texts(parse(page), 'td')).toContain('not compared: it diverged on 3 of 10 seeds');
  });

  it('escapes every text of the model', () => {
    const hostile = (text: string): string => `${text}"><script>alert('x')</script><img onerror=y>&amp;`;
    const model = withTexts(finishedModel(), hostile) as ReportModel;
    const root = parse(renderReport(model));
    expect(root.querySelectorAll('script, img')).toHaveLength(0);
    for (const element of root.querySelectorAll('*')) {
      for (const { name } of element.attributes) expect(name).not.toMatch(/^on|[<>"']/);
    }
    // Nothing was lost either: the text reads as it was written.
    expect(texts(root, 'h1')).toEqual([hostile('adult-income-focal-mixture')]);
    expect(texts(root, '.legend li')).toContain(`${hostile('found loss')}, τ = 0`);
    expect(renderReport(model)).not.toMatch(/<script|<img/);
  });

  it.each([
    ['nothing has run', emptyModel(), 'No verdict yet'],
    ['there was nothing to judge by', { ...emptyModel(), notJudged: 'No control.' }, 'Not judged'],
    ['the search has run, the test has not', withoutTest(finishedModel()), 'No verdict yet'],
  ])('renders a study where %s', (_, model, headline) => {
    const early = renderReport(model);
    expect(texts(parse(early), '.verdict .headline')).toEqual([headline]);
    expect(early).not.toMatch(/undefined|NaN|\[object/);
    expect(texts(parse(early), 'p.empty').length).toBeGreaterThan(0);
  });

  it('holds a figure that a registry was given beside the built-in ones', () => {
    const more = builtinPlots.with([
      {
        name: 'own',
        summary: 'Own.',
        title: 'My own figure',
        section: 'search',
        draw: () => ({ state: 'empty', sentence: 'Drawn by a plugin.' }),
      },
    ]);
    expect(texts(parse(renderReport(emptyModel(), more)), 'h3')).toContain('My own figure');
  });
});

function withoutTest(model: ReportModel): ReportModel {
  const { verdict: _verdict, found: _found, lossShape: _shape, ...rest } = model;
  return rest;
}

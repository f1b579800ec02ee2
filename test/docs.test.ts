import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../src/cli/program.js';
import { ROOT } from './support/lossmith.js';

const pages = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
  'results/reference/README.md',
];

/** Commands of the command line, by name, with the long names of their options. */
const commands = new Map(
  createProgram().commands.map((command) => [
    command.name(),
    new Set([...command.options.map(({ long }) => long), '--help']),
  ]),
);

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8');

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1]!)
      .filter((link) => !/^[a-z]+:/.test(link));
    const missing = links.filter((link) => !existsSync(join(ROOT, dirname(page), link)));
    expect(missing).toEqual([]);
  });

  it('shows commands and options that exist', () => {
    const shown = [...text.matchAll(/(?:npx |`)lossmith ([a-z]+)([^`\n#]*)/g)];
    const wrong = shown.flatMap(([line, name, rest]) => {
      const options = commands.get(name!);
      if (options === undefined) return [line];
      return [...rest!.matchAll(/--[a-z-]+/g)]
        .map(([option]) => option)
        .filter((option) => !options.has(option));
    });
    expect(wrong).toEqual([]);
  });

  it('names no file of the project that is gone', () => {
    const named = [
      ...text.matchAll(/`((?:src|test|docs|scripts|bench|experiments|search-spaces)\/[\w./-]+)`/g),
    ].map((match) => match[1]!);
    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });
});

it('every page is reached from the README', () => {
  const reached = new Set<string>();
  const visit = (page: string): void => {
    if (reached.has(page) || !page.endsWith('.md') || !existsSync(join(ROOT, page))) return;
    reached.add(page);
    const text = readFileSync(join(ROOT, page), 'utf8');
    for (const [, link] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
      visit(relative(ROOT, join(ROOT, dirname(page), link!)));
    }
  };
  visit('README.md');
  const unreached = pages.filter(
    (page) => !reached.has(page) && !page.includes('decisions') && !page.startsWith('results'),
  );
  expect(unreached).toEqual([]);
});

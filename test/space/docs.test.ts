import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseCandidate } from '../../src/candidate/parse-candidate.js';
import { builtinLosses } from '../../src/losses/registry.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { createSpace } from '../../src/space/create-space.js';
import { parseSpace } from '../../src/space/parse-space.js';
import { spaceJsonSchema } from '../../src/space/space-schema.js';
import { checkCandidate } from '../../src/trial/check-candidate.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${root}docs/search-spaces.md`, 'utf8');
const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1]!);

describe('docs/search-spaces.md', () => {
  it('has samples', () => {
    expect(blocks.length).toBe(5);
  });

  it.each(blocks)('shows spaces that work: %#', (text) => {
    const space = parseSpace(text, 'sample');
    for (const u of [0, 0.3, 0.7, 1]) {
      const candidate = parseCandidate(
        space.build(space.decode(Array.from({ length: space.dimensions }, () => u))),
      );
      const heads = [{ name: 'class', kind: 'multiclass', outputs: 3 }] as const;
      checkCandidate(candidate, heads, { losses: builtinLosses, schedules: builtinSchedules });
    }
  });

  it('shows what the sample program gives', () => {
    const space = createSpace({
      name: 'poly',
      parameters: { epsilon: { type: 'float', low: -1, high: 6 } },
      candidate: { loss: { name: 'poly-1', parameters: { epsilon: '$epsilon' } } },
    });
    expect(space.decode([0.5])).toEqual({ epsilon: 2.5 });
    expect(space.build({ epsilon: 2.5 })).toEqual({ loss: { name: 'poly-1', parameters: { epsilon: 2.5 } } });
    expect(page).toContain("parameters: { epsilon: { type: 'float', low: -1, high: 6 } }");
    expect(page).toContain("// { loss: { name: 'poly-1', parameters: { epsilon: 2.5 } } }");
  });

  it('lists every ready-made space', () => {
    const names = readdirSync(`${root}search-spaces`)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => file.replace('.yaml', ''));
    const listed = [...page.slice(page.indexOf('## Ready-made')).matchAll(/^\| `([a-z-]+)`/gm)].map(
      (row) => row[1]!,
    );
    expect(listed.sort()).toEqual(names.sort());
  });

  it('names every key that the schema allows', () => {
    const keys = new Set<string>();
    const visit = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      const { properties } = value as { properties?: Record<string, unknown> };
      for (const key of Object.keys(properties ?? {})) keys.add(key);
      for (const item of Object.values(value)) visit(item);
    };
    visit(spaceJsonSchema());
    expect(keys.size).toBeGreaterThan(20);
    const missing = [...keys].filter((key) => !new RegExp(`\`${key}\``).test(page));
    expect(missing).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { builtinTasks } from '../../src/tasks/registry.js';
import { builtinMetrics } from '../../src/metrics/registry.js';
import { optionRows } from './option-rows.js';
import { hasRealData, REAL_ENVIRONMENT } from './real-data.js';

const text = readFileSync(fileURLToPath(new URL('../../docs/tasks.md', import.meta.url)), 'utf8');
/** Text under each heading of the second level. */
const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')).replaceAll('`', ''), section]),
);
interface Sample {
  readonly task: { readonly name: string } & Readonly<Record<string, unknown>>;
}
const samplesOf = (section: string): Sample[] =>
  [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => parse(yaml!) as Sample);

describe.each(builtinTasks.members.map((task) => ({ task, name: task.name })))(
  'docs of $name',
  ({ task, name }) => {
    const section = sections.get(name) ?? '';

    it('list every option with its default and meaning, as the schema has them', () => {
      const rows = section.split('\n').filter((line) => line.startsWith('| `'));
      // The formatter pads cells of tables.
      const plain = rows.map((row) => row.replace(/\s+/g, ' '));
      expect(plain).toEqual(optionRows(task).map((row) => row.replace(/\s+/g, ' ')));
      expect(optionRows(task).every((row) => !row.endsWith('|  |'))).toBe(true);
    });

    it('have samples that the schema accepts, and that load where the data is at hand', async () => {
      const samples = samplesOf(section);
      expect(samples.length).toBeGreaterThan(0);
      for (const { task: choice } of samples) {
        const { name: named, ...options } = choice;
        expect(named).toBe(name);
        const parsed: unknown = task.schema.parse(options);
        const file = options['file'] ?? options['images'];
        if (typeof file === 'string' && !hasRealData(file)) continue;
        const data = await task.load(parsed, REAL_ENVIRONMENT);
        expect(data.size).toBeGreaterThan(0);
      }
    });
  },
);

it('docs name every metric', () => {
  for (const { name } of builtinMetrics.members) expect(sections.get('Metrics')).toContain(`\`${name}\``);
});

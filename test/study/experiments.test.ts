import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { ROOT } from '../support/lossmith.js';

const DATA = resolve(process.env['LOSSMITH_DATA'] ?? join(ROOT, '../shared/data'));
const EMBEDDED = ['curriculum', 'multi-task', 'null', 'quickstart'];
const files = readdirSync(join(ROOT, 'experiments')).filter((file) => file.endsWith('.yaml'));

describe('the ready-made experiments', () => {
  for (const file of files) {
    const name = file.replace('.yaml', '');
    const absent = !EMBEDDED.includes(name) && !existsSync(DATA);
    it.skipIf(absent)(`${file} is valid${absent ? ` (skipped: no real data in ${DATA})` : ''}`, async () => {
      const { experiment, data } = await loadExperiment(join(ROOT, 'experiments', file), [DATA], 'search');
      expect(experiment.name).toBe(name);
      expect(data.parts.test.length).toBeGreaterThan(100);
    });
  }

  it('are all in the docs, with their spaces', () => {
    const docs = readFileSync(join(ROOT, 'docs/experiments.md'), 'utf8');
    const rows = [...docs.matchAll(/^\| `([\w-]+)` \| [^|]+ \| `([\w-]+)` \|$/gm)];
    const written = files.map((file) => {
      const text = readFileSync(join(ROOT, 'experiments', file), 'utf8');
      return [file.replace('.yaml', ''), /^space: (\S+)$/m.exec(text)![1]!] as const;
    });
    expect(new Map(rows.map(([, name, space]) => [name, space]))).toEqual(new Map(written));
  });
});

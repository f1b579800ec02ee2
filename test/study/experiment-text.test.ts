import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/core/yaml-file.js';
import { experimentHash, type Experiment } from '../../src/study/experiment.js';
import { experimentText } from '../../src/study/experiment-text.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { ROOT, freshFolder } from '../support/lossmith.js';

const DATA = resolve(process.env['LOSSMITH_DATA'] ?? join(ROOT, '../shared/data'));
const EMBEDDED = ['multi-task', 'null', 'quickstart'];
const files = readdirSync(join(ROOT, 'experiments')).filter((file) => file.endsWith('.yaml'));

async function again(experiment: Experiment): Promise<Experiment> {
  const file = join(freshFolder(), 'again.yaml');
  writeFileSync(file, experimentText(experiment, ['as it was run']));
  return (await loadExperiment(file, [DATA], experiment.mode)).experiment;
}

describe('an experiment written as a file resolves to itself', () => {
  for (const file of files) {
    const absent = !EMBEDDED.includes(file.replace('.yaml', '')) && !existsSync(DATA);
    it.skipIf(absent)(`${file}${absent ? ` (skipped: no real data in ${DATA})` : ''}`, async () => {
      const { experiment } = await loadExperiment(join(ROOT, 'experiments', file), [DATA], 'search');
      const second = await again(experiment);
      expect(second).toEqual(experiment);
      expect(experimentHash(second)).toBe(experimentHash(experiment));
    });
  }

  it('with the whole paths of the modules of the user', async () => {
    const { experiment } = await loadExperiment(join(ROOT, 'experiments/quickstart.yaml'), [], 'search');
    const text = experimentText({ ...experiment, use: ['/home/me/mine.ts'] }, []);
    expect(parseYaml(text, 'x').value).toMatchObject({ use: ['/home/me/mine.ts'] });
  });

  it('an evaluation', async () => {
    const candidate = { loss: { name: 'focal', parameters: { gamma: 1 } }, learningRate: 0.01 };
    const quickstart = join(ROOT, 'experiments/quickstart.yaml');
    const { experiment } = await loadExperiment(quickstart, [], 'evaluate', { candidate, seed: 7 });
    expect(experiment.name).toBe('quickstart-evaluation');
    expect(await again(experiment)).toEqual(experiment);
  });
});

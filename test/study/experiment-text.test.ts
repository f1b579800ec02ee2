import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseYaml } from '../../src/core/yaml-file.js';
import { experimentHash, type Experiment, type MemberChoice } from '../../src/study/experiment.js';
import { experimentText } from '../../src/study/experiment-text.js';
import { builtinSamplers } from '../../src/search/registry.js';
import { filledChoice } from '../../src/study/member-choice.js';
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

describe('the hash of an experiment', () => {
  const quickstart = readFileSync(join(ROOT, 'experiments/quickstart.yaml'), 'utf8');
  const load = async (text: string): Promise<Experiment> => {
    const file = join(freshFolder(), 'one.yaml');
    writeFileSync(file, text);
    return (await loadExperiment(file, [], 'search')).experiment;
  };
  const SPACE = `{ name: one, parameters: { gamma: { type: float, low: 0, high: 5 } },
  candidate: { loss: { name: focal, parameters: { gamma: $gamma } } } }`;
  const withSampler = (sampler: string): string => {
    const text = quickstart
      .replace(/space: .*/, `space: ${SPACE}`)
      .replace(/sampler: .*/, `sampler: ${sampler}`);
    expect(text).toContain(SPACE);
    expect(text).toContain(`sampler: ${sampler}`);
    return text;
  };

  it('is the same whether options are left to their defaults or written, in the experiment and in its text', async () => {
    const short = await load(withSampler('differential-evolution'));
    const { options } = short.search.sampler;
    expect(options).toEqual(builtinSamplers.get('differential-evolution').schema.parse({}));
    const long = await load(withSampler(JSON.stringify({ name: 'differential-evolution', ...options })));
    expect(experimentHash(long)).toBe(experimentHash(short));
    const other = { ...options, population: 11 };
    const different = await load(withSampler(JSON.stringify({ name: 'differential-evolution', ...other })));
    expect(experimentHash(different)).not.toBe(experimentHash(short));
    expect(experimentText(short, [])).toContain('strategy: current-to-best1bin');
    for (const choice of [short.task, short.model, short.optimizer, short.search.fidelity]) {
      expect(Object.keys(choice.options)).not.toEqual([]);
    }
  });

  it('says nothing of the words that describe a space, and all of its entries', async () => {
    const plain = await load(withSampler('random'));
    const described = await load(
      withSampler('random').replace('space: {', 'space: { description: one number,'),
    );
    expect(experimentHash(described)).toBe(experimentHash(plain));
    const wider = await load(withSampler('random').replace('high: 5', 'high: 6'));
    expect(experimentHash(wider)).not.toBe(experimentHash(plain));
  });
});

describe('the options of a choice', () => {
  const filled = (schema: z.ZodType, options: MemberChoice['options']): unknown =>
    filledChoice({ name: 'one', options }, schema.parse(options), schema).options;

  it('have their defaults, those inside of options too', () => {
    const schema = z.object({
      a: z.number().default(2),
      b: z.object({ c: z.string().default('x') }).optional(),
    });
    expect(filled(schema, {})).toEqual({ a: 2 });
    expect(filled(schema, { b: {} })).toEqual({ a: 2, b: { c: 'x' } });
  });

  it.each([
    ['a map', z.object({ a: z.string().transform((text) => new Map([[text, 1]])) })],
    ['another type', z.object({ a: z.string().transform((text) => text.length) })],
    ['another value each time', z.object({ a: z.string().transform((text) => `${text}!`) })],
    [
      'a number that is not finite',
      z.object({ a: z.string(), b: z.number().or(z.literal(Infinity)).default(Infinity) }),
    ],
    ['a function', z.object({ a: z.string().transform((text) => () => text) })],
  ])('stay as they were written where the schema makes %s of them', (_, schema) => {
    expect(filled(schema, { a: 'text' })).toEqual({ a: 'text' });
  });
});

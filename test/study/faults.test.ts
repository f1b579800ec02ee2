import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { parseYaml } from '../../src/core/yaml-file.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { ROOT, freshFolder } from '../support/lossmith.js';

const row = (index: number, label: string): string => `${index % 7},${(index * index) % 11},${label}`;
const table = (rare: number): string =>
  ['a,b,label', ...Array.from({ length: 300 }, (_, index) => row(index, index < rare ? 'yes' : 'no'))].join(
    '\n',
  );

const EXPERIMENT = `name: small
task: { name: csv-classification, file: table.csv, target: label, positive: 'yes' }
metrics: [average-precision]
space: focal-gamma
training: { steps: 12, batchSize: 8, evaluations: 3 }
`;

/** The one line that an experiment gives, or undefined where it is right. */
async function lineOf(
  experiment: string,
  files: Readonly<Record<string, string>> = {},
  overrides: Parameters<typeof loadExperiment>[3] = {},
): Promise<string | undefined> {
  const folder = freshFolder();
  for (const [name, text] of Object.entries({ 'table.csv': table(60), ...files, 'small.yaml': experiment })) {
    writeFileSync(join(folder, name), text);
  }
  try {
    await loadExperiment(join(folder, 'small.yaml'), [], 'search', overrides);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return renderUserError(error).replaceAll(`${folder}/`, '');
  }
}

describe('a fault is placed where the user can mend it', () => {
  it('none is found in a sound experiment', async () => {
    expect(await lineOf(EXPERIMENT)).toBeUndefined();
  });

  it.each(['average-precision', 'auroc', 'balanced-accuracy', 'macro-f1'])(
    '%s without a positive in the test part: at the metric, before anything trains',
    async (metric) => {
      const line = await lineOf(EXPERIMENT.replace('average-precision', metric), { 'table.csv': table(2) });
      expect(line).toMatch(
        new RegExp(`^small.yaml:3:\\d+: metrics.0: the metric "${metric}" has no value on the \\w+ part`),
      );
    },
  );

  it('accuracy needs no positive there', async () => {
    const accuracy = EXPERIMENT.replace('average-precision', 'accuracy');
    expect(await lineOf(accuracy, { 'table.csv': table(2) })).toBeUndefined();
  });

  it('a space file that is absent: at the key that names it', async () => {
    expect(await lineOf(EXPERIMENT.replace('focal-gamma', './nope.yaml'))).toBe(
      'small.yaml:4:8: space: no such file (found nope.yaml)',
    );
  });

  it('a fault in a space file: in that file', async () => {
    const line = await lineOf(EXPERIMENT.replace('focal-gamma', './space.yaml'), {
      'space.yaml': 'name: own\nparameters: { gamma: { type: flaot } }\n',
    });
    expect(line).toMatch(/^space\.yaml:2:\d+: parameters\.gamma/);
  });

  it.each([
    ['low: -5, high: 2', '-5'],
    ['low: 0, high: 100', '100'],
  ])('a range beyond what a loss allows, %s: with its end as the file has it', async (range, end) => {
    const line = await lineOf(EXPERIMENT.replace('focal-gamma', './space.yaml'), {
      'space.yaml': `name: own
parameters: { gamma: { type: float, ${range} } }
candidate: { loss: { name: focal, parameters: { gamma: $gamma } } }
`,
    });
    expect(line).toMatch(new RegExp(`gamma: the value is out of range \\(found ${end}, expected`));
  });

  it.each(['[]', '[pchip, pchip]'])('a list of interpolations %s: in the space', async (interpolation) => {
    const line = await lineOf(EXPERIMENT.replace('focal-gamma', './space.yaml'), {
      'space.yaml': `name: own
parameters:
  gamma: { type: schedule, shapes: [curve], range: { low: 0, high: 1 }, interpolation: ${interpolation} }
candidate: { loss: { name: focal, parameters: { gamma: $gamma } } }
`,
    });
    expect(line).toMatch(/^space\.yaml:3:\d+: parameters\.gamma\.interpolation: /);
  });

  it.each([
    ['interval: 3', 'found 3 evaluations, expected at most 2 of the 3 evaluations'],
    ['interval: 7', 'found 7 evaluations, expected at most 2 of the 3 evaluations'],
  ])('population-based training without an exchange, %s: at the option', async (option, detail) => {
    const search = (options: string): string =>
      `search: { trials: 40, sampler: { name: population-based-training, ${options} } }\n`;
    expect(await lineOf(`${EXPERIMENT}${search(option)}`)).toBe(
      'small.yaml:6:77: search.sampler.interval: population-based training would exchange nothing, ' +
        `as an interval is a whole training (${detail})`,
    );
    expect(await lineOf(`${EXPERIMENT}${search('interval: 2')}`)).toBeUndefined();
  });

  it('population-based training in trainings of one evaluation, with its default: at the sampler', async () => {
    const short = EXPERIMENT.replace('evaluations: 3', 'evaluations: 1');
    expect(await lineOf(`${short}search: { trials: 40, sampler: population-based-training }\n`)).toMatch(
      /^small\.yaml:6:\d+: search\.sampler\.interval: .*\(found 1 evaluation, expected trainings of several evaluations\)$/,
    );
  });

  it.each([
    ['sampler: { name: dehb, minimum: 4 }', 'search.sampler.minimum'],
    ['fidelity: { name: hyperband, minimum: 4 }', 'search.fidelity.minimum'],
  ])('a least fidelity beyond a whole training, %s: at the option', async (entry, path) => {
    expect(await lineOf(`${EXPERIMENT}search: { trials: 400, ${entry} }\n`)).toMatch(
      new RegExp(`^small\\.yaml:6:\\d+: ${path}: the minimum fidelity is more than .*found minimum 4`),
    );
  });

  it.each([
    ['arm: nobody', /unknown entry \(found "nobody", expected one of balanced, /],
    ['arm: alpha', /needs a categorical entry without a condition as its arms/],
  ])('an entry that is no choice of a bandit, %s: at the option', async (option, fault) => {
    for (const bandit of ['ucb1', 'exp3', 'thompson']) {
      const line = await lineOf(`${EXPERIMENT}search: { sampler: { name: ${bandit}, ${option} } }\n`);
      expect(line).toMatch(/^small\.yaml:6:\d+: search\.sampler\.arm: /);
      expect(line).toMatch(fault);
    }
  });

  it('an engine of the command line: at the option, with every choice', async () => {
    expect(await lineOf(EXPERIMENT, {}, { engine: 'x' })).toBe(
      '--engine: unknown engine (found "x", expected one of auto, compiled, eager)',
    );
    expect(await lineOf(`${EXPERIMENT}engine: x\n`)).toMatch(/^small\.yaml:6:9: engine: unknown engine/);
  });

  it('a metric of another kind of target: with the metrics that fit', async () => {
    const line = await lineOf(EXPERIMENT.replace('average-precision', 'rmse'));
    expect(line).toMatch(/^small\.yaml:3:\d+: metrics\.0: .*found label: binary|class: binary/);
    expect(line).toMatch(/expected a metric that fits: accuracy, balanced-accuracy, .*calibration-error\)$/);
  });

  it.each([
    [
      'cnn',
      /^small\.yaml:6:8: model: the model "cnn" does not fit the input of this task \(found input \[2\], /,
    ],
    [
      '{ name: mlp, hidden: [200000, 200000] }',
      /^small\.yaml:6:8: model: the model is too large \(found 4\d+ weights/,
    ],
    [
      '{ name: mlp, hidden: [8000, 8000, 8000] }',
      /^small\.yaml:6:8: model: the model is too large \(found 6\d+ weights/,
    ],
  ])('a model that cannot train on the task, %s: at the key', async (model, line) => {
    expect(await lineOf(`${EXPERIMENT}model: ${model}\n`)).toMatch(line);
  });

  it.each([
    ['search: { trials: 10000000000 }', 'search.trials'],
    ['search: { wave: 10000000000 }', 'search.wave'],
    ['test: { seeds: 10000000000 }', 'test.seeds'],
    ['selection: { seeds: 10000000000 }', 'selection.seeds'],
  ])('more than could ever be trained, %s: at the key', async (entry, path) => {
    expect(await lineOf(`${EXPERIMENT}${entry}\n`)).toMatch(
      new RegExp(`^small\\.yaml:6:\\d+: ${path}: .*100`),
    );
  });

  it('a column that is absent: at the key, with the columns that there are', async () => {
    expect(await lineOf(EXPERIMENT.replace('target: label', 'target: lable'))).toBe(
      'small.yaml:2:60: task.target: no such column in table.csv (found "lable", expected one of "a", "b", "label")',
    );
  });

  it.each([
    [';', '";"'],
    ['\t', '"\\t"'],
  ])('a table whose cells are parted by %j: with that delimiter', async (delimiter, shown) => {
    const line = await lineOf(EXPERIMENT, { 'table.csv': table(60).replaceAll(',', delimiter) });
    expect(line).toContain(`(or "delimiter: ${shown}", which is inside its only column)`);
  });

  it('a name that cannot be a folder: found and expected, as everywhere', async () => {
    expect(await lineOf(EXPERIMENT.replace('name: small', 'name: ../../evil'))).toBe(
      'small.yaml:1:7: name: invalid value (found "../../evil", expected kebab-case, at most 64 characters)',
    );
  });
});

describe('a wrong value anywhere in an experiment', () => {
  it.each(['quickstart', 'multi-task', 'null'])('%s.yaml: is placed at its key', async (name) => {
    const text = readFileSync(join(ROOT, 'experiments', `${name}.yaml`), 'utf8');
    const paths: (string | number)[][] = [];
    visit(parseDocument(text), {
      Pair: (_, pair, ancestors) => {
        const keys = [...ancestors, pair].flatMap((node) =>
          typeof node === 'object' && 'key' in node && isScalar(node.key)
            ? [(node.key as { value: string }).value]
            : [],
        );
        if (ancestors.every((node) => !('items' in node) || isMap(node))) paths.push(keys);
      },
    });
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      const document = parseDocument(text);
      document.setIn(path, document.createNode([[]]));
      const mutated = document.toString();
      const file = join(freshFolder(), 'mutated.yaml');
      writeFileSync(file, mutated);
      const error: unknown = await loadExperiment(file, [], 'search').then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error, path.join('.')).toBeInstanceOf(UserError);
      const { place } = error as UserError;
      const { line, path: wanted } = parseYaml(mutated, file).locate(path);
      const told = renderUserError(error as UserError);
      expect(place.path?.startsWith(wanted!), `${wanted}: ${told}`).toBe(true);
      expect({ file: place.file, line: place.line }, told).toEqual({ file, line });
    }
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { freshFolder } from '../support/lossmith.js';

const EXPERIMENT = `name: small
task: { name: mixture, size: 200 }
training: { steps: 8, batchSize: 16, evaluations: 4 }
`;

const SPACE = `name: families
parameters:
  family: { type: categorical, choices: [focal, poly-1] }
  gamma:
    type: float
    low: 0
    high: 5
    when: { family: focal }
  formula: { type: categorical, choices: ["log(p) * t", "t / p"] }
  rate: { type: float, low: 0.001, high: 0.1, log: true }
candidate:
  loss:
    name: weighted-sum
    terms:
      - weight: 1
        loss:
          $switch: family
          cases:
            focal:
              name: focal
              parameters: { gamma: $gamma }
            poly-1: { name: poly-1 }
      - weight: 0.5
        loss: { name: symbolic, options: { expression: $formula } }
  learningRate: $rate
`;

/** What is said of a space with some texts changed, in a file of its own or in the experiment. */
async function problem(changes: readonly (readonly [string, string])[], inline = false): Promise<string> {
  const folder = freshFolder();
  const space = changes.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, SPACE);
  const file = join(folder, 'small.yaml');
  writeFileSync(join(folder, 'space.yaml'), space);
  const within = `space:\n${space.replace(/^(?=.)/gm, '  ')}`;
  writeFileSync(file, EXPERIMENT + (inline ? within : 'space: space.yaml\n'));
  const error: unknown = await loadExperiment(file, [], 'search').catch((thrown: unknown) => thrown);
  return error instanceof UserError ? renderUserError(error).replace(`${folder}/`, '') : 'none';
}

it('a space without a mistake is taken', async () => {
  expect(await problem([])).toBe('none');
});

it.each<[string, readonly (readonly [string, string])[], string | RegExp]>([
  [
    'a loss in a case',
    [['name: focal\n', 'name: focl\n']],
    /^space\.yaml:20:21: candidate\.loss\.terms\.0\.loss\.cases\.focal\.name: unknown loss; did you mean "focal"\?/,
  ],
  [
    'a parameter of a loss',
    [['{ gamma: $gamma }', '{ gama: $gamma }']],
    /^space\.yaml:21:29: candidate\..*\.cases\.focal\.parameters\.gama: unknown parameter of focal/,
  ],
  [
    'a range outside the loss',
    [['low: 0\n', 'low: -1\n']],
    /^space\.yaml:4:3: parameters\.gamma: loss\.terms\.0\.loss\.parameters\.gamma: the value is out of range \(found -/,
  ],
  [
    'a formula among choices',
    [['"t / p"', '"t / q"']],
    /^space\.yaml:9:57: parameters\.formula\.choices\.1: loss\.terms\.1\.loss\.options\.expression: column 5 of the formula: unknown variable/,
  ],
  [
    'a formula in the template',
    [
      ['expression: $formula', 'expression: "sin(p)"'],
      ['  formula: { type: categorical, choices: ["log(p) * t", "t / p"] }\n', ''],
    ],
    /^space\.yaml:23:56: candidate\.loss\.terms\.1\.loss\.options\.expression: column 1 of the formula: unknown function/,
  ],
  [
    'a learning rate',
    [['rate: { type: float, low: 0.001, high: 0.1, log: true }', 'rate: { type: float, low: 0, high: 0.1 }']],
    'space.yaml:10:29: parameters.rate.low: learningRate: the learning rate must be above 0 (found 0)',
  ],
  [
    'a curriculum',
    [
      [
        'learningRate: $rate',
        'learningRate: $rate\n  curriculum:\n    { kind: self-paced, weights: hard, direction: down, threshold: 2 }',
      ],
    ],
    /^space\.yaml:27:68: candidate\.curriculum\.threshold: the threshold is a quantile/,
  ],
])('points at %s', async (_what, changes, message) => {
  const found = await problem(changes);
  if (typeof message === 'string') expect(found).toBe(message);
  else expect(found).toMatch(message);
});

it('points into the experiment where the space is written there', async () => {
  expect(await problem([['name: focal\n', 'name: focl\n']], true)).toMatch(
    /^small\.yaml:24:23: space\.candidate\.loss\.terms\.0\.loss\.cases\.focal\.name: unknown loss/,
  );
});

it('points at the name of a ready-made space that does not serve the task, and says where in it', async () => {
  const folder = freshFolder();
  const file = join(folder, 'small.yaml');
  const rows = Array.from({ length: 60 }, (_, index) => `${index},${(index * 7) % 13}\n`);
  writeFileSync(join(folder, 'rows.csv'), `x,y\n${rows.join('')}`);
  const task = 'csv-regression, file: rows.csv, target: y';
  writeFileSync(file, EXPERIMENT.replace('mixture, size: 200', task) + 'space: noise-robust\n');
  const error: unknown = await loadExperiment(file, [], 'search').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect((error as UserError).place).toMatchObject({ file, line: 4, column: 8 });
  expect((error as UserError).place.path).toMatch(/^space\.candidate\.loss\./);
  expect((error as UserError).message).toMatch(/is no loss for a regression head/);
});

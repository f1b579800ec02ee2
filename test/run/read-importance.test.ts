import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { readImportance } from '../../src/run/read-importance.js';
import { ONE_WORKER, freshFolder, lossmith } from '../support/lossmith.js';

const experiment = (name: string, more: string): string => `name: ${name}
task: { name: mixture, size: 400 }
training: { steps: 6, batchSize: 16, evaluations: 2 }
search: { trials: 6, sampler: sobol }
controls: { textbook: false }
selection: { top: 1, seeds: 1 }
test: { seeds: 2 }
${more}
`;

const SPACE = `space:
  name: two
  parameters:
    family: { type: categorical, choices: [focal, cross-entropy] }
    gamma: { type: float, low: 0, high: 5, when: { family: focal } }
  candidate: { loss: { $switch: family, cases: { focal: { name: focal, parameters: { gamma: $gamma } }, cross-entropy: { name: cross-entropy } } } }`;

it('reads the importances of a study, in all formats', async () => {
  const folder = freshFolder();
  const file = join(folder, 'two.yaml');
  writeFileSync(file, experiment('two', SPACE));
  expect((await lossmith('search', file, '--results', folder, '--quiet', ...ONE_WORKER)).stderr).toBe('');
  const study = join(folder, 'two');

  const found = await readImportance(study);
  expect(found).toMatchObject({ study: 'two', evaluator: 'ped-anova', trials: 12 });
  expect(found.rows.map(({ entry }) => entry).sort()).toEqual(['family', 'gamma']);
  expect(found.rows.find(({ entry }) => entry === 'family')).toMatchObject({ trials: 12, activeWhen: '' });
  const gamma = found.rows.find(({ entry }) => entry === 'gamma')!;
  expect(gamma.activeWhen).toBe('family = focal');
  expect(gamma.trials).toBeLessThan(12);

  const json = await lossmith('importance', study, '--json');
  expect(JSON.parse(json.stdout)).toEqual(JSON.parse(JSON.stringify(found)));
  const csv = await lossmith('importance', study, '--format', 'csv', '--evaluator', 'fanova');
  const rows = parse<Record<string, string>>(csv.stdout, { columns: true });
  const fanova = await readImportance(study, 'fanova');
  expect(rows.map(({ entry, evaluator }) => [entry, evaluator])).toEqual(
    fanova.rows.map(({ entry }) => [entry, 'fanova']),
  );
  expect(rows.map(({ importance }) => Number(importance))).toEqual(
    fanova.rows.map(({ importance }) => importance ?? 0),
  );
  const table = await lossmith('importance', study);
  expect(table.stdout).toMatch(/^two: importance by ped-anova from 12 trials\n\nrank +importance/);
  expect(table.stdout).toContain('family = focal');
  await expect(readImportance(study, 'ped-anvoa')).rejects.toThrow(/did you mean "ped-anova"/);
});

it('says that an evaluation searched nothing, in one line', async () => {
  const folder = freshFolder();
  const file = join(folder, 'given.yaml');
  writeFileSync(file, experiment('given', 'candidate: { loss: { name: focal } }'));
  const evaluated = await lossmith('evaluate', file, '--results', folder, '--quiet');
  expect(evaluated.code).toBe(0);
  expect(evaluated.stdout).toContain('significant');
  expect(evaluated.stdout).not.toMatch(/searched|seen/);
  const ended = await lossmith('importance', join(folder, 'given-evaluation'));
  expect(ended.code).toBe(2);
  expect(ended.stderr).toMatch(/^lossmith: .*nothing was searched.*\n$/);
  expect(ended.stdout).toBe('');
});

it('says why a formula has no importance', async () => {
  const folder = freshFolder();
  const file = join(folder, 'formulas.yaml');
  const space = (more: string, learningRate: string): string => `space:
  name: formulas
  parameters:
    formula: { type: expression, variables: [p, t], operators: [mul, log, neg] }
${more}  candidate: { loss: { name: symbolic, options: { expression: $formula } }${learningRate} }`;
  writeFileSync(file, experiment('formulas', space('', '')).replace('sobol', 'random'));
  expect((await lossmith('search', file, '--results', folder, '--quiet', ...ONE_WORKER)).stderr).toBe('');
  const study = join(folder, 'formulas');
  const note = /Formulas have no importance: .* \(left out: formula\)\.\n$/;
  const table = await lossmith('importance', study);
  expect(table.stdout).toMatch(note);
  expect(table.stdout).not.toContain('rank');
  expect((await lossmith('importance', study, '--format', 'csv')).stderr).toMatch(note);
  expect((await lossmith('report', study)).code).toBe(0);
  const report = readFileSync(join(study, 'report.html'), 'utf8');
  expect(report).toContain('Formulas have no importance');
  expect(report).not.toContain('Nothing was searched');
  const rate = '    rate: { type: float, low: 0.001, high: 0.01 }\n';
  writeFileSync(
    file,
    experiment('formulas', space(rate, ', learningRate: $rate')).replace('sobol', 'random'),
  );
  expect((await lossmith('search', file, '--results', folder, '--quiet', ...ONE_WORKER)).code).toBe(0);
  const mixed = await lossmith('importance', study);
  expect(mixed.stdout).toMatch(/rank .* rate .*/s);
  expect(mixed.stdout).toMatch(note);
});

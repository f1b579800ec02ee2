import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import { stream } from '../../src/core/random.js';
import { loadExperiment } from '../../src/study/load-experiment.js';
import { mutateText } from '../support/mutate-text.js';
import { ONE_WORKER, ROOT, freshFolder, lossmith } from '../support/lossmith.js';

const EXPERIMENT = `name: small
task:
  name: csv-classification
  file: table.csv
  target: label
space: ./space.yaml
training: { steps: 12, batchSize: 8, evaluations: 3 }
metrics: [accuracy, { name: log-loss, head: class }]
search: { trials: 4, sampler: { name: random }, fidelity: { name: hyperband, eta: 3 } }
`;

const row = (index: number): string =>
  `${index % 7},${(index * index) % 11},${index % 3 === 0 ? 'yes' : 'no'}`;
const TABLE = ['a,b,label', ...Array.from({ length: 60 }, (_, index) => row(index))].join('\n');

const FILES: Readonly<Record<string, string>> = {
  'small.yaml': EXPERIMENT,
  'space.yaml': readFileSync(join(ROOT, 'search-spaces/focal-gamma.yaml'), 'utf8'),
  'table.csv': TABLE,
};

function write(files: Readonly<Record<string, string>>): string {
  const folder = freshFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

/** What is wrong, or undefined where the mutated file is still right. Anything but a UserError is a bug. */
async function fault(folder: string): Promise<UserError | undefined> {
  try {
    await loadExperiment(join(folder, 'small.yaml'), [folder], 'search');
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

interface Malformed {
  /** Which file was mutated. */
  readonly name: string;
  /** Where it and the files beside it are. */
  readonly folder: string;
  readonly error: UserError;
}

/** The first mutations that are wrong, each of a file in turn. */
async function malformed(count: number): Promise<readonly Malformed[]> {
  const wrong: Malformed[] = [];
  for (let attempt = 0; wrong.length < count && attempt < 4000; attempt++) {
    const name = Object.keys(FILES)[attempt % 3]!;
    const mutated = mutateText(FILES[name]!, stream('malformed', attempt));
    const folder = write({ ...FILES, [name]: mutated });
    const error = await fault(folder);
    if (error !== undefined) wrong.push({ name, folder, error });
  }
  return wrong;
}

describe('malformed files', () => {
  it('are right before they are mutated', async () => {
    expect(await fault(write(FILES))).toBeUndefined();
  });

  it('give one line with the place and the cause, 200 of them, never anything else', async () => {
    const wrong = await malformed(200);
    expect(wrong).toHaveLength(200);
    expect(new Set(wrong.map(({ name }) => name)).size).toBe(3);
    for (const { error } of wrong) {
      const line = renderUserError(error);
      expect(line).not.toContain('\n');
      expect(line.length).toBeLessThan(1800);
      expect(error.place.file, line).toBeDefined();
      expect(error.message, line).not.toBe('');
    }
  });

  it('of any kind: the command prints that line alone, exits with 2 and writes nothing, 12 of them', async () => {
    const wrong = await malformed(12);
    expect(new Set(wrong.map(({ name }) => name)).size).toBe(3);
    const two = pLimit(2);
    const ended = await Promise.all(
      wrong.map(({ folder }) => {
        const file = join(folder, 'small.yaml');
        const options = ['--results', join(folder, 'results'), '--data', folder, ...ONE_WORKER];
        return two(() => lossmith('search', file, ...options));
      }),
    );
    ended.forEach(({ code, stderr, stdout }, index) => {
      const { folder, error } = wrong[index]!;
      expect(stderr).toBe(`lossmith: ${renderUserError(error)}\n`);
      expect(stderr).not.toMatch(/\n\s+at |a bug/);
      expect(code, stderr).toBe(2);
      expect(stdout).toBe('');
      expect(existsSync(join(folder, 'results')), stderr).toBe(false);
    });
  }, 120_000);

  it.each([
    [
      'small.yaml',
      EXPERIMENT.replace('trials: 4', 'trials: -4'),
      /small\.yaml:9:\d+: search\.trials: .*found -4/,
    ],
    ['small.yaml', EXPERIMENT.replace('space:', 'spcae:'), /small\.yaml:6:1: spcae: .*did you mean "space"/],
    [
      'small.yaml',
      EXPERIMENT.replace('name: random', 'name: randm'),
      /small\.yaml:9:\d+: .*did you mean "random"/,
    ],
    [
      'small.yaml',
      EXPERIMENT.replace('target: label', 'target: lable'),
      /small\.yaml:5:\d+: task\.target: no such column in .*table\.csv/,
    ],
    ['table.csv', `${TABLE}\n1,2`, /table\.csv:62/],
    ['space.yaml', FILES['space.yaml']!.replace(/high: .*?([,}\n])/, 'high: -9$1'), /space\.yaml:\d+:\d+: /],
  ])('%s: the command prints one line, exits with 2 and writes nothing', async (name, text, expected) => {
    const folder = write({ ...FILES, [name]: text });
    const results = join(folder, 'results');
    const options = ['--results', results, '--data', folder, ...ONE_WORKER];
    const ended = await lossmith('search', join(folder, 'small.yaml'), ...options);
    expect(ended.stderr).toMatch(expected);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.code).toBe(2);
    expect(ended.stdout).toBe('');
    expect(existsSync(results)).toBe(false);
  });

  it('a wrong option, an absent file and an absent study are user errors too', async () => {
    for (const line of [
      ['search', 'absent.yaml'],
      ['search', join(ROOT, 'experiments/null.yaml'), '--workers', 'many'],
      ['search', join(ROOT, 'experiments/null.yaml'), '--backend', 'abacus'],
      ['resume', 'no-such-study'],
      ['leaderboard', ROOT],
      ['list', 'losess'],
    ]) {
      const ended = await lossmith(...line);
      expect(ended.code, line.join(' ')).toBe(2);
      expect(ended.stderr.trimEnd().split('\n'), line.join(' ')).toHaveLength(1);
      expect(ended.stderr).toMatch(/^lossmith: /);
    }
    const twoFormats = await lossmith('leaderboard', ROOT, '--format', 'csv', '--json');
    expect(twoFormats.code).toBe(2);
    expect(twoFormats.stderr).toMatch(
      /^lossmith: option '--json' cannot be used with option '--format <name>'\n$/,
    );
  });
});

it('a space that is taken for an experiment is told apart', async () => {
  const folder = write({ ...FILES, 'small.yaml': FILES['space.yaml']! });
  const error = await fault(folder);
  expect(error).toMatchObject({ code: 'schema', message: 'this is a search space' });
  expect(error?.place?.line).toBe(FILES['space.yaml']!.split('\n').indexOf('parameters:') + 1);
});

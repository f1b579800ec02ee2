import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import type { Head } from '../../src/problem/head.js';
import type { TaskData } from '../../src/problem/task-data.js';
import { checkTaskData } from '../../src/tasks/check-task-data.js';
import { existsSync } from 'node:fs';
import { ONE_WORKER, freshFolder, lossmith } from '../support/lossmith.js';

const BINARY: Head = { name: 'class', kind: 'binary', outputs: 1 };
const MULTICLASS: Head = { name: 'class', kind: 'multiclass', outputs: 2 };

/** Four samples, one in each part. */
const sound: TaskData = {
  size: 4,
  inputShape: [2],
  inputs: new Float32Array(8),
  heads: [BINARY],
  targets: { class: Float32Array.of(0, 1, 0.5, 1) },
  columns: { difficulty: new Float32Array(4) },
  parts: {
    train: Int32Array.of(3),
    validation: Int32Array.of(1),
    selection: Int32Array.of(2),
    test: Int32Array.of(0),
  },
  splitHash: 'hash',
  notes: [],
};

function faultOf(change: Readonly<Record<string, unknown>>): string | undefined {
  try {
    checkTaskData({ ...sound, ...change });
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    expect(error.code).toBe('data');
    return renderUserError(error).replace(" of the task's data", '');
  }
}
const parts = (change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  parts: { ...sound.parts, ...change },
});
const soft = Float32Array.of(1, 0, 0, 1, 0.25, 0.75, 0.1, 0.9);

describe('the data of a task', () => {
  it('is taken where it is sound, soft targets included', () => {
    expect(faultOf({})).toBeUndefined();
    expect(faultOf({ heads: [MULTICLASS], targets: { class: soft } })).toBeUndefined();
    const regression = { name: 'class', kind: 'regression', outputs: 2 };
    const targets = { class: Float32Array.of(-7, 1e9, 0, 1, 2, 3, 4, 5) };
    expect(faultOf({ heads: [regression], targets })).toBeUndefined();
  });

  it.each([
    [
      parts({ test: Int32Array.of(3) }),
      'parts.test: sample 3 is in two parts (found train and test, expected disjoint parts)',
    ],
    [
      parts({ test: Int32Array.of(0, 0) }),
      'parts.test: sample 0 is in it twice (found again at position 1, expected each once)',
    ],
    [
      parts({ test: Int32Array.of(0, 4) }),
      'parts.test: no such sample at position 1 (found 4, expected 0 to 3)',
    ],
    [
      parts({ train: Int32Array.of(-1) }),
      'parts.train: no such sample at position 0 (found -1, expected 0 to 3)',
    ],
    [
      parts({ test: new Int32Array(0) }),
      'no sample is in the test part (found 4 samples in all, expected enough samples for all four parts)',
    ],
    [parts({ test: [0] }), 'parts.test: no samples (found Array, expected an Int32Array of samples)'],
    [
      parts({ selection: undefined }),
      'parts.selection: no samples (found undefined, expected an Int32Array of samples)',
    ],
    [{ inputs: new Float32Array(7) }, 'inputs: wrong length (found 7, expected 8: 4 samples of 2)'],
    [{ inputs: new Float64Array(8) }, 'inputs: no values (found Float64Array, expected a Float32Array)'],
    [
      { inputs: Float32Array.of(0, 0, 0, NaN, 0, 0, 0, 0) },
      'inputs: a value of sample 1 is not finite (found NaN, expected finite numbers)',
    ],
    [{ inputShape: [0] }, 'inputShape: not a shape (found [0], expected positive whole numbers)'],
    [{ size: 1.5 }, 'size: not a number of samples (found 1.5, expected a positive whole number)'],
    [
      { columns: { difficulty: new Float32Array(3) } },
      'columns.difficulty: wrong length (found 3, expected 4: 4 samples)',
    ],
    [
      { columns: { difficulty: Float32Array.of(0, 0, 0, -Infinity) } },
      'columns.difficulty: a value of sample 3 is not finite (found -Infinity, expected finite numbers)',
    ],
    [{ targets: {} }, 'targets.class: no values (found undefined, expected a Float32Array)'],
    [
      { targets: { class: Float32Array.of(0, 1, 2, 1) } },
      'targets.class: the target of sample 2 is no class (found 2, expected 0, 1 or in between)',
    ],
    [
      { heads: [MULTICLASS], targets: { class: Float32Array.of(1, 0, 1, 1, 0, 1, 1, 0) } },
      'targets.class: the target of sample 1 is no class (found 1 1, expected one 1 among 0s, or shares with the sum 1)',
    ],
    [
      { heads: [MULTICLASS], targets: { class: Float32Array.of(0, 1, 2, 1) } },
      'targets.class: wrong length (found 4, expected 8: 4 samples of 2)',
    ],
    [{ heads: [] }, 'heads: there is no head (found [], expected at least one head)'],
    [
      { heads: [BINARY, BINARY] },
      'heads.1: not a name of its own (found "class", expected a name for each head)',
    ],
    [
      { heads: [{ ...BINARY, kind: 'ordinal' }] },
      'heads.0: unknown kind (found "ordinal", expected one of binary, multiclass, regression)',
    ],
    [
      { heads: [{ ...BINARY, outputs: 2 }] },
      'heads.0: wrong number of outputs for the kind binary (found 2, expected 1 output)',
    ],
    [{ splitHash: undefined }, 'splitHash: not a hash (found undefined, expected what assembleTask makes)'],
  ])('%j is refused with the place', (change, expected) => {
    expect(faultOf(change)).toBe(expected);
  });
});

const TASK = `import { z } from 'zod';
import { assembleTask } from 'lossmith';

export const tasks = [{
  name: 'leaky',
  summary: 'tests on what it trains on',
  schema: z.strictObject({}),
  async load() {
    const parts = Int32Array.from({ length: 40 }, (_, sample) => sample);
    return assembleTask({
      size: 40,
      inputShape: [1],
      inputs: new Float32Array(40).map((_, sample) => sample / 40),
      heads: [{ name: 'class', kind: 'binary', outputs: 1 }],
      targets: { class: new Float32Array(40).map((_, sample) => sample % 2) },
      columns: {},
      parts: { train: parts, validation: parts, selection: parts, test: parts },
      notes: [],
    });
  },
  defaults: () => ({
    model: { name: 'mlp', hidden: [4] },
    metrics: [{ name: 'accuracy' }],
    plainLoss: { class: 'cross-entropy' },
  }),
}];
`;

it('a task whose parts are all the same samples is refused by the command, and nothing is written', async () => {
  const folder = freshFolder();
  writeFileSync(join(folder, 'leaky.mjs'), TASK);
  const file = join(folder, 'leaky.yaml');
  writeFileSync(file, 'name: leaky\nuse: [./leaky.mjs]\ntask: leaky\nspace: focal-gamma\n');
  const results = join(folder, 'results');
  for (const command of [
    ['validate', file],
    ['search', file, '--results', results, ...ONE_WORKER],
  ]) {
    const ended = await lossmith(...command);
    expect(ended.stderr).toBe(
      `lossmith: ${file}:3:7: task: parts.validation of the task's data: sample 0 is in two parts (found train and validation, expected disjoint parts)\n`,
    );
    expect(ended.code).toBe(2);
  }
  expect(existsSync(results)).toBe(false);
});

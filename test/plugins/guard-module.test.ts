import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError, renderUserError } from '../../src/core/errors.js';
import { firstLine } from '../../src/executor/first-line.js';
import { guardModule } from '../../src/plugins/guard-module.js';
import type { UserModule } from '../../src/plugins/user-module.js';
import { createSpace } from '../../src/space/create-space.js';
import { ONE_WORKER, freshFolder, lossmith } from '../support/lossmith.js';

type Members = Readonly<Record<string, (...input: readonly unknown[]) => unknown>>;

/** A mistake as people make it. */
const mistake = (): never => {
  throw new TypeError('x is not a function\nsecond line');
};

/** The first member of a kind, guarded. */
function guarded(kind: keyof UserModule, member: object): Members {
  const module = { [kind]: [{ name: 'mine', ...member }] } as UserModule;
  return guardModule(module, 'mine.mjs')[kind]![0] as unknown as Members;
}

async function faultOf(body: () => unknown): Promise<UserError> {
  try {
    await body();
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const CONDITIONS = createSpace({
  name: 'conditions',
  parameters: {
    family: { type: 'categorical', choices: ['plain', 'focal'] },
    gamma: { type: 'float', low: 0, high: 5, when: { family: 'focal' } },
  },
  candidate: {
    loss: {
      $switch: 'family',
      cases: {
        plain: { name: 'cross-entropy' },
        focal: { name: 'focal', parameters: { gamma: '$gamma' } },
      },
    },
  },
});

const FUNCTIONS: readonly (readonly [keyof UserModule, string])[] = [
  ['tasks', 'load'],
  ['tasks', 'defaults'],
  ['samplers', 'check'],
  ['samplers', 'waveSize'],
  ['samplers', 'propose'],
  ['schedules', 'compile'],
  ['schedules', 'breakpoints'],
  ['metrics', 'prepare'],
  ['models', 'init'],
  ['models', 'forward'],
];

describe('the functions of a user module', () => {
  it.each(FUNCTIONS)('%s: what %s throws is the user’s, with file, member and cause', async (kind, name) => {
    const late = () => Promise.reject(new TypeError('x is not a function\nsecond line'));
    for (const body of name === 'load' ? [mistake, late] : [mistake]) {
      const error = await faultOf(() => guarded(kind, { [name]: body })[name]!());
      expect(error.code).toBe('plugin');
      expect(renderUserError(error)).toBe(
        `mine.mjs: ${kind}.mine.${name}: the function throws (found TypeError: x is not a function)`,
      );
      expect(firstLine(error)).toBe('TypeError: x is not a function');
    }
  });

  it('are guarded in a loss for each kind of target', async () => {
    const [loss] = guardModule(
      { losses: [{ name: 'mine', perSample: { binary: mistake } }] } as unknown as UserModule,
      'mine.mjs',
    ).losses!;
    const error = await faultOf(() => loss!.perSample.binary!({} as never));
    expect(renderUserError(error)).toMatch(
      /^mine\.mjs: losses\.mine\.perSample\.binary: the function throws/,
    );
  });

  it.each([
    ['schedules', 'compile'],
    ['metrics', 'prepare'],
  ] as const)('%s: what the function that %s gives throws is the user’s too', async (kind, name) => {
    const made = guarded(kind, { [name]: () => mistake })[name]!() as () => unknown;
    expect((await faultOf(made)).code).toBe('plugin');
  });

  it.each([
    ['tasks', 'load', undefined, 'found undefined, expected an object'],
    [
      'tasks',
      'defaults',
      { model: { name: 'mlp' } },
      'found an object of model, expected model: { name, … }',
    ],
    ['samplers', 'waveSize', 0, 'found 0, expected a whole number, at least 1'],
    ['samplers', 'propose', {}, 'found an object of nothing, expected a list'],
    ['schedules', 'compile', 3, 'found 3, expected a function'],
    ['metrics', 'prepare', 0.5, 'found 0.5, expected a function'],
  ] as const)('%s: %s that gives %j is told', async (kind, name, value, expected) => {
    const error = await faultOf(() => guarded(kind, { [name]: () => value })[name]!());
    expect(renderUserError(error)).toContain(`mine.mjs: ${kind}.mine.${name}: the function gives the wrong`);
    expect(renderUserError(error)).toContain(expected);
  });

  it.each([
    [
      [{ family: 'focal', gamma: 2 }, {}],
      'the wrong thing: a value is missing (found no value of "family" in point 1, expected a value of',
    ],
    [[{ family: 'focal' }], 'found no value of "gamma" in point 0, expected a value of every active entry'],
    [
      [{ family: 'focal', gamma: 9 }],
      '"gamma" never has this value (found 9 in point 0, expected a number in 0 … 5)',
    ],
    [[{ family: 'focal', gamma: NaN }], '"gamma" never has this value (found .nan in point 0, expected'],
    [
      [{ family: 'plain', gamma: 2 }],
      '"gamma" is not active here (found family: "plain" in point 0, expected',
    ],
    [
      [{ family: 'plain', gama: 2 }],
      'unknown entry of the space; did you mean "gamma"? (found "gama" in point 0',
    ],
    [[undefined], 'the wrong thing (found nothing in point 0, expected values by the names of the entries)'],
    [
      [{ family: 'plain' }, { family: 'plain' }, { family: 'plain' }],
      'the wrong thing (found a list of 3, expected at most 2)',
    ],
  ])('samplers: proposals like %j are told', async (proposed, expected) => {
    const propose = guarded('samplers', { propose: () => proposed })['propose']!;
    const error = await faultOf(() => propose({ space: CONDITIONS, count: 2 }));
    expect(error.code).toBe('plugin');
    expect(renderUserError(error)).toMatch(
      /^mine\.mjs: samplers\.mine\.propose: the function gives the wrong/,
    );
    expect(renderUserError(error)).toContain(expected);
  });

  it('samplers: points of the space pass as they are', () => {
    const proposed = [{ family: 'plain' }, { gamma: 1 / 3, family: 'focal' }];
    const propose = guarded('samplers', { propose: () => proposed })['propose']!;
    expect(propose({ space: CONDITIONS, count: 2 })).toBe(proposed);
  });

  it.each([
    ['samplers', 'propose'],
    ['models', 'forward'],
    ['metrics', 'prepare'],
  ] as const)('%s: %s must not be async, and what it fails with later ends nothing', async (kind, name) => {
    const late = () => Promise.reject(new Error('later'));
    const error = await faultOf(() => guarded(kind, { [name]: late })[name]!());
    expect(renderUserError(error)).toContain('found a promise, expected');
    expect(renderUserError(error)).toContain('no async function');
  });

  it('pass on UserErrors, arguments and their own object', async () => {
    const own = new UserError({ code: 'unsupported', message: 'not on this space' });
    const refusal = await faultOf(() => guarded('tasks', { load: () => Promise.reject(own) })['load']!());
    expect(refusal).toBe(own);
    class Counted {
      readonly name = 'counted';
      readonly #size = 4;
      waveSize(factor: number): number {
        return this.#size * factor;
      }
    }
    const { samplers } = guardModule({ samplers: [new Counted()] } as unknown as UserModule, 'mine.mjs');
    expect(samplers![0]!.name).toBe('counted');
    expect(samplers![0]!.waveSize(2 as never, undefined)).toBe(8);
  });
});

const MODULE = `import { z } from 'zod';
import { builtinSamplers } from 'lossmith';
const defaults = () => ({});
const load = async () => undefined.rows;
export const tasks = [{ name: 'mine', summary: 'mine', schema: z.strictObject({}), load, defaults }];
export const samplers = [{ ...builtinSamplers.get('random'), name: 'mine', waveSize: () => nothing() }];
`;

describe('a mistake in a module of the user', () => {
  it.each([
    ['task: mine', /tasks\.mine\.load: the function throws \(found TypeError: Cannot read prop/],
    [
      'task: { name: mixture, size: 200 }',
      /samplers\.mine\.waveSize: the function throws \(found ReferenceError: nothing is not/,
    ],
  ])('(%s) is one line with the file, exit code 2, and nothing is written', async (task, expected) => {
    const folder = freshFolder();
    writeFileSync(join(folder, 'mine.mjs'), MODULE);
    const file = join(folder, 'mine.yaml');
    const head = `name: mine\nuse: [./mine.mjs]\n${task}\n`;
    writeFileSync(file, `${head}space: focal-gamma\nsearch: { sampler: mine }\n`);
    const ended = await lossmith('search', file, '--results', join(folder, 'results'), ...ONE_WORKER);
    expect(ended.stderr).toMatch(expected);
    expect(ended.stderr.startsWith(`lossmith: ${join(folder, 'mine.mjs')}: `)).toBe(true);
    expect(ended.stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(ended.code).toBe(2);
    expect(existsSync(join(folder, 'results'))).toBe(false);
  });
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userModulePath } from '../../src/plugins/load-user-modules.js';
import { ROOT, freshFolder } from '../support/lossmith.js';

const LOADER = join(ROOT, 'test/fixtures/plugins/load.mjs');
const LOSS = `{ name: 'my-loss', summary: 'mine', source: 'me', parameters: [], perSample: { binary: () => 0 } }`;
const TASK = `{ name: 'my-task', summary: 'mine', schema: { safeParse() {} }, load() {}, defaults() {} }`;
const METRIC = `{ name: 'my-metric', summary: 'mine', targets: ['binary'], direction: 'maximize', prepare() {} }`;
const MODEL = `{ name: 'my-model', summary: 'mine', schema: { safeParse() {} }, init() {}, forward() {} }`;
const SAMPLER = `{ name: 'my-sampler', summary: 'mine', schema: { safeParse() {} }, check() {}, waveSize() {}, propose() {} }`;
const SCHEDULE = `{ name: 'my-schedule', summary: 'mine', schema: { safeParse() {} }, driver: 'progress', compile() {} }`;
const ALL = `export const losses = [${LOSS}], tasks = [${TASK}], metrics = [${METRIC}], models = [${MODEL}],
  samplers = [${SAMPLER}], schedules = [${SCHEDULE}], spaces = [{ name: 'my-space' }];`;

/** What comes of loading each text as a module of this name, in one process. */
function load(modules: readonly (readonly [name: string, text: string])[]): readonly string[] {
  const folder = freshFolder();
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const files = modules.map(([name, text], index) => {
    mkdirSync(join(folder, `${index}`));
    const path = join(folder, `${index}`, name);
    writeFileSync(path, text);
    return path;
  });
  const ended = spawnSync(process.execPath, [LOADER, ...files], { encoding: 'utf8' });
  expect(ended.stderr).toBe('');
  const lines = JSON.parse(ended.stdout) as readonly string[];
  return lines.map((line, index) => line.replace(`${folder}/${index}/`, ''));
}

describe('the modules of a user', () => {
  const names = ['all.js', 'all.mjs', 'all.ts', 'all.mts'];
  const typed = (name: string): string =>
    name.endsWith('ts') ? `const one: number = 1; void one;\n${ALL}` : ALL;
  const imports = `import { ops } from 'lossmith'; import { z } from 'zod';
    if (typeof ops.add !== 'function' || typeof z.string !== 'function') throw new Error('not these');
    export const losses = [${LOSS}];`;

  it('bring every kind of member, from JavaScript and TypeScript', () => {
    const all = 'losses metrics models samplers schedules tasks';
    expect(load(names.map((name) => [name, typed(name)] as const))).toEqual(names.map(() => all));
  });

  it('may import lossmith and zod by name, wherever they lie', () => {
    expect(load([['imports.mjs', imports]])).toEqual(['losses']);
  });

  const bad: readonly (readonly [what: string, text: string, line: RegExp])[] = [
    [
      'a name that is taken',
      `export const losses = [{ ...${LOSS}, name: 'focal' }];`,
      /focal.*registered twice/,
    ],
    ['a member of the wrong shape', `export const losses = [{ name: 'x' }];`, /^bad\.mjs: losses\.0\./],
    ['a kind that is no list', `export const tasks = 3;`, /^bad\.mjs: tasks: /],
    [
      'a function that is none',
      `export const models = [{ ...${MODEL}, forward: 1 }];`,
      /models\.0\.forward: .*function/,
    ],
    [
      'nothing known',
      `export const lossses = [];`,
      /exports nothing that Lossmith knows \(found lossses, expected/,
    ],
    [
      'text that is no module',
      `export const = 1;`,
      /^bad\.mjs: the module does not load \(found SyntaxError/,
    ],
    [
      'a module that throws',
      `throw new RangeError('no luck\\nsecond line');`,
      /\(found RangeError: no luck\)$/,
    ],
    ['a module that throws text', `throw 'no luck';`, /\(found no luck\)$/],
    [
      'an import that is absent',
      `import './absent.mjs'; export const losses = [];`,
      /does not load .*absent\.mjs/,
    ],
  ];
  it('that are wrong give one line each', () => {
    const lines = load(bad.map(([, text]) => ['bad.mjs', text] as const));
    bad.forEach(([what, , expected], index) => {
      expect(lines[index], what).toMatch(expected);
      expect(lines[index], what).not.toContain('\n');
    });
  });

  it('are named by files that exist and are modules', () => {
    const folder = freshFolder();
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'sub/a.ts'), '');
    expect(userModulePath('sub/a.ts', folder)).toBe(join(folder, 'sub/a.ts'));
    expect(() => userModulePath('sub/b.ts', folder)).toThrow(/no such file/);
    expect(() => userModulePath('sub/a.yaml', folder)).toThrow(/not a module/);
  });
});

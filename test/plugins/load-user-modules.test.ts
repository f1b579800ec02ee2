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
function load(
  modules: readonly (readonly [name: string, text: string])[],
  beside: Readonly<Record<string, string>> = {},
): readonly string[] {
  const folder = freshFolder();
  for (const [name, text] of Object.entries(beside)) writeFileSync(join(folder, name), text);
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

  const helpers = {
    'typed.ts': `import { ops } from 'lossmith'; void ops; export const typed: unknown = ${LOSS};`,
    'plain.js': `import { ops } from 'lossmith'; void ops;\nexport const plain = ${LOSS};`,
    'common.js': `module.exports = ${LOSS};`,
  };
  const importing = `import { typed } from '../typed.ts'; import { plain } from '../plain.js'; import common from '../common.js';
    export const losses = [typed, { ...plain, name: 'my-2' }, { ...common, name: 'my-3' }];`;
  it.each<readonly [what: string, beside: Readonly<Record<string, string>>]>([
    ['no package.json', {}],
    ['one of ES modules', { 'package.json': '{ "type": "module" }' }],
    ['one of CommonJS', { 'package.json': '{ "type": "commonjs" }' }],
    ['one without a word', { 'package.json': '{}' }],
  ])('are ES modules, with %s above them, and so are the files that they import', (_, beside) => {
    // In a package of ES modules, .js is none of CommonJS.
    const modules = beside['package.json']?.includes('"module"') === true;
    const common = modules ? { 'common.js': `export default ${LOSS};` } : {};
    const whole = { ...helpers, ...common, ...beside };
    const texts = ['js', 'mjs', 'ts', 'mts'].map((extension) => [`mine.${extension}`, importing] as const);
    const first = ['js', 'ts'].map((extension) => [`mine.${extension}`, imports] as const);
    expect(load(first, whole)).toEqual(['losses', 'losses']);
    expect(load(texts, whole)).toEqual(texts.map(() => 'losses losses losses'));
  });

  it('that are TypeScript with a fault give its line, its column and what is wrong', () => {
    const wrong = 'export const losses = [];\nconst x: = 1;\n';
    const lines = load(
      [
        ['wrong.ts', wrong],
        ['mine.ts', "import '../wrong.ts';\nexport const losses = [];\n"],
      ],
      { 'wrong.ts': wrong },
    );
    expect(lines[0]).toMatch(
      /^wrong\.ts:2:10: the module does not load \(found SyntaxError: Unexpected "="\)$/,
    );
    expect(lines[1]).toMatch(/^[^:]*wrong\.ts:2:10: the module does not load/);
  });

  const bad: readonly (readonly [what: string, text: string, line: RegExp])[] = [
    [
      'a name that is taken',
      `export const losses = [{ ...${LOSS}, name: 'focal' }];`,
      /^bad\.mjs: the loss name "focal" is registered twice$/,
    ],
    ['a member of the wrong shape', `export const losses = [{ name: 'x' }];`, /^bad\.mjs: losses\.0\./],
    [
      'a key that is missing',
      `export const losses = [{ name: 'x', parameters: [], perSample: { binary() {} } }];`,
      /^bad\.mjs: losses\.0\.summary: the key "summary" is missing \(expected text\)$/,
    ],
    [
      'a name as none is written',
      `export const losses = [{ ...${LOSS}, name: 'My Loss' }];`,
      /^bad\.mjs: losses\.0\.name: invalid value \(found "My Loss", expected kebab-case\)$/,
    ],
    [
      'a kind that is no list',
      `export const tasks = 3;`,
      /^bad\.mjs: tasks: wrong type \(found 3, expected a list\)$/,
    ],
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

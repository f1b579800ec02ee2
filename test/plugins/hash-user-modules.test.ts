import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashUserModules } from '../../src/plugins/hash-user-modules.js';
import { freshFolder } from '../support/lossmith.js';

const FILES: Readonly<Record<string, string>> = {
  'mine.ts':
    "import { a } from './parts/a.js';\nexport * from '../outside.mjs';\nexport const losses = [a];\n",
  'parts/a.ts':
    "import type { B } from './b';\nconst late = () => import('./late.mjs');\nexport const a = late;\n",
  'parts/b.ts': "import { a } from './a.js'; export type B = typeof a;\n",
  'parts/late.mjs': 'export default 1;\n',
  '../outside.mjs': 'export const x = 1;\n',
};

function write(changes: Readonly<Record<string, string>> = {}): string {
  const folder = join(freshFolder(), 'user');
  mkdirSync(join(folder, 'parts'), { recursive: true });
  for (const [name, text] of Object.entries({ ...FILES, ...changes }))
    writeFileSync(join(folder, name), text);
  return join(folder, 'mine.ts');
}

describe('the hash of user modules', () => {
  const hash = hashUserModules([write()]);

  it('does not depend on where they lie', () => {
    expect(hashUserModules([write()])).toBe(hash);
  });

  it.each(Object.keys(FILES))('changes with the text of %s', (name) => {
    expect(hashUserModules([write({ [name]: `${FILES[name]!}// changed\n` })])).not.toBe(hash);
  });

  it('does not change with a file that nobody imports, or a package', () => {
    expect(hashUserModules([write({ 'other.ts': 'export {};\n' })])).toBe(hash);
  });

  it('keeps texts apart: moving one from file to file is a change', () => {
    const folder = freshFolder();
    const [one, two] = [join(folder, 'one.mjs'), join(folder, 'two.mjs')];
    const of = (first: string, second: string): string => {
      writeFileSync(one, first);
      writeFileSync(two, second);
      return hashUserModules([one, two]);
    };
    expect(of('a;b;', 'c;')).not.toBe(of('a;', 'b;c;'));
    expect(hashUserModules([])).toBe(hashUserModules([]));
  });
});

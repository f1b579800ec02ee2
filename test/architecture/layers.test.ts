import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom (docs/architecture.md): the folders that a folder of src may reach. Types count like values:
 * a part that knows another's types depends on it.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  problem: ['core'],
  tensor: ['core'],
  expressions: ['core'],
  candidate: ['core', 'expressions'],
  space: ['core', 'expressions', 'candidate'],
  search: ['core', 'expressions', 'space', 'fidelity', 'statistics'],
  fidelity: ['core'],
  statistics: ['core'],
  importance: ['core', 'space', 'search', 'statistics'],
  stopping: ['core', 'search', 'statistics'],
  metrics: ['core', 'problem'],
  schedules: ['core', 'candidate'],
  curriculum: ['core', 'candidate'],
  data: ['core', 'problem'],
  tasks: ['core', 'problem', 'data'],
  losses: ['core', 'problem', 'expressions', 'candidate', 'tensor'],
  models: ['core', 'problem', 'tensor'],
  train: ['core', 'problem', 'tensor', 'losses', 'models'],
  engine: ['core', 'problem', 'tensor', 'losses', 'models', 'train'],
  trial: [
    ...['core', 'problem', 'candidate', 'tensor', 'losses', 'schedules', 'curriculum', 'models', 'metrics'],
    ...['train', 'engine'],
  ],
  journal: ['core'],
  executor: ['core'],
};

/** Above these lines only order matters: a later folder may import all earlier ones. */
const UPPER = ['plugins', 'study', 'export', 'report', 'run', 'cli'];

/** Packages that one folder alone may import. */
const DOORS: readonly { readonly pattern: RegExp; readonly folder: string }[] = [
  { pattern: /^@tensorflow\//, folder: 'tensor' },
  { pattern: /^onnxruntime/, folder: 'engine' },
  { pattern: /^libsql$/, folder: 'journal' },
  { pattern: /^(commander|cli-progress)$/, folder: 'cli' },
  { pattern: /^(@observablehq\/plot|linkedom)$/, folder: 'report' },
];

const PURE = [
  'problem',
  'expressions',
  'space',
  'search',
  'fidelity',
  'statistics',
  'importance',
  'stopping',
  'metrics',
  'schedules',
  'curriculum',
  'candidate',
];

const source = fileURLToPath(new URL('../../src', import.meta.url));

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly specifier: string;
  /** Folder of src that it leads to; undefined for a package. */
  readonly target: string | undefined;
}

function imports(): readonly Import[] {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  return files.flatMap((file) => {
    const text = readFileSync(join(source, file), 'utf8');
    const folder = file.includes('/') ? file.split('/', 1)[0]! : '';
    const found = text.matchAll(/(?:from|import|requirePackage)\s*\(?\s*['"]([^'"]+)['"]/g);
    return [...found].map((match): Import => {
      const specifier = match[1]!;
      const target = specifier.startsWith('.')
        ? relative(source, resolve(source, dirname(file), specifier)).split('/', 1)[0]!
        : undefined;
      return { file, folder, specifier, target };
    });
  });
}

const all = imports();

describe('the parts of src', () => {
  it('are all placed in the order of the architecture', () => {
    const folders = new Set(all.map(({ folder }) => folder).filter((folder) => folder !== ''));
    expect([...folders].sort()).toEqual([...Object.keys(MAY_IMPORT), ...UPPER].sort());
  });

  it('import only what lies below them', () => {
    const lower = Object.keys(MAY_IMPORT);
    const wrong = all.filter(({ folder, target }) => {
      if (folder === '' || target === undefined || target === folder) return false;
      const allowed = MAY_IMPORT[folder] ?? [...lower, ...UPPER.slice(0, UPPER.indexOf(folder))];
      return !allowed.includes(target);
    });
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('go round in no circle, not even by types', () => {
    const reached = new Map<string, Set<string>>();
    for (const { folder, target } of all) {
      if (folder === '' || target === undefined || target === folder) continue;
      reached.set(folder, (reached.get(folder) ?? new Set()).add(target));
    }
    // Takes away, again and again, the folders that import none of those that are left.
    for (let free = ['']; free.length > 0;) {
      free = [...reached]
        .filter(([, below]) => ![...below].some((one) => reached.has(one)))
        .map(([one]) => one);
      for (const one of free) reached.delete(one);
    }
    expect([...reached.keys()].sort()).toEqual([]);
  });

  it('reach a guarded package through its one door', () => {
    const wrong = all.filter(({ specifier, folder }) =>
      DOORS.some(({ pattern, folder: door }) => pattern.test(specifier) && folder !== door),
    );
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('that are pure mathematics touch no file, process or clock', () => {
    const wrong = all.filter(
      ({ specifier, folder }) => PURE.includes(folder) && specifier.startsWith('node:'),
    );
    expect(wrong.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([]);
  });

  it('leave argv, standard output and exit to the command line', () => {
    const wrong = all
      .map(({ file }) => file)
      .filter((file) => !file.startsWith('cli/') && file !== 'executor/serve-jobs.ts')
      .filter((file) =>
        /process\.(argv|stdout|exit\b)|console\./.test(readFileSync(join(source, file), 'utf8')),
      );
    expect([...new Set(wrong)]).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { renderUserError } from '../../src/core/errors.js';
import { sqliteFailure } from '../../src/journal/load-sqlite.js';

/** What Node and libsql throw, word for word but for the paths. */
const failure = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

describe('sqliteFailure', () => {
  it.each([
    [
      'the package for the platform is missing',
      failure(
        "Cannot find module '@libsql/linux-x64-gnu'\nRequire stack:\n- /project/node_modules/libsql/index.js",
        'MODULE_NOT_FOUND',
      ),
      'no @libsql/linux-x64-gnu',
    ],
    [
      'libsql itself is missing',
      failure("Cannot find module 'libsql'\nRequire stack:\n- /project/dist/cli/main.js", 'MODULE_NOT_FOUND'),
      'no libsql',
    ],
    [
      'the library is broken',
      failure('/project/node_modules/@libsql/linux-x64-gnu/index.node: file too short', 'ERR_DLOPEN_FAILED'),
      '/project/node_modules/@libsql/linux-x64-gnu/index.node: file too short',
    ],
    [
      'there is none for the processor',
      failure('Neon: unsupported Linux architecture: riscv64'),
      'Neon: unsupported Linux architecture: riscv64',
    ],
    ['what is thrown is no error', 'odd', 'odd'],
  ])('names the package and says what to do when %s', (_case, error, found) => {
    const line = renderUserError(sqliteFailure(error));
    expect(line).toContain('the package libsql, which keeps the journal of a study, does not load (');
    expect(line).toContain(`(found ${found}, expected \`npm ci\` or \`npm install\` again, on this platform`);
  });
});

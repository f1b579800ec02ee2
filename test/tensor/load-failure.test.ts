import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadFailure } from '../../src/tensor/load-failure.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('use-half-installed.ts', import.meta.url));

/** What Node and tfjs-node throw, word for word but for the paths. */
const failure = (message: string, code?: string): Error =>
  Object.assign(new Error(message), code === undefined ? {} : { code });

const NO_LIBRARY =
  'The Node.js native addon module (tfjs_binding.node) can not be found at path: ' +
  "/project/node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node. \nPlease run command 'npm rebuild " +
  "@tensorflow/tfjs-node --build-addon-from-source' to rebuild the native addon module. \nIf you have problem …";

describe('loadFailure', () => {
  it.each([
    [
      'nothing is installed',
      failure(
        "Cannot find package '@tensorflow/tfjs-node' imported from /project/dist/tensor/backend.js",
        'ERR_MODULE_NOT_FOUND',
      ),
      'the optional package @tensorflow/tfjs-node is not installed',
    ],
    [
      'a dependency of the package is missing',
      failure(
        "Cannot find module '@mapbox/node-pre-gyp'\nRequire stack:\n- /project/node_modules/@tensorflow/tfjs-node/dist/index.js",
        'MODULE_NOT_FOUND',
      ),
      '@tensorflow/tfjs-node is half installed; `npm install` again (no @mapbox/node-pre-gyp)',
    ],
    [
      'the native library was not downloaded',
      failure(NO_LIBRARY),
      '@tensorflow/tfjs-node came without its native library; `npm rebuild @tensorflow/tfjs-node` downloads it',
    ],
    [
      'the library that the addon needs is not there',
      failure(
        'libtensorflow.so.2: cannot open shared object file: No such file or directory',
        'ERR_DLOPEN_FAILED',
      ),
      'the native library of @tensorflow/tfjs-node is broken; try `npm rebuild @tensorflow/tfjs-node` ' +
        '(libtensorflow.so.2: cannot open shared object file: No such file or directory)',
    ],
    ['anything else', failure('a\n  b'), 'a b'],
    ['what is no error', 'odd', 'odd'],
  ])('says what to do when %s', (_case, error, line) => {
    expect(loadFailure(error)).toBe(line);
  });
});

describe('a half-installed tfjs-node', () => {
  it('is named where it was asked for, passed over by auto, and leaves our gradients in place', async () => {
    const { stdout } = await run(process.execPath, ['--import', 'tsx', script]);
    const found = JSON.parse(stdout) as { reason: string; kept: string; second: number; auto: string };
    expect(found.reason).toContain('came without its native library');
    expect(found.kept).toBe('wasm');
    // d²/dx² tanh x at 0.5; the stock gradient, which saves its output, gives 0 or throws.
    const tanh = Math.tanh(0.5);
    expect(found.second).toBeCloseTo(-2 * tanh * (1 - tanh * tanh), 5);
    expect(found.auto).toBe('wasm');
  });
});

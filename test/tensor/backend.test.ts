import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { renderUserError, UserError } from '../../src/core/errors.js';
import { BACKENDS, currentBackend, probeBackends, read, scalar, useBackend } from '../../src/tensor/index.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('train-and-print.ts', import.meta.url));

/** What the TensorFlow library reads from the environment, as the door sets it when nobody else has. */
const PINNED = {
  TF_NUM_INTRAOP_THREADS: '1',
  TF_NUM_INTEROP_THREADS: '1',
  OMP_NUM_THREADS: '1',
  TF_ENABLE_ONEDNN_OPTS: '0',
} as const;

/** What a process prints that trains a little on a backend: in an environment that pins nothing, or that does. */
const inFreshProcess = async (
  backend: string,
  pinned: Readonly<Record<string, string>> = {},
): Promise<{ stdout: string; stderr: string }> => {
  const inherited = Object.entries(process.env).filter(([name]) => !(name in PINNED));
  const env = { ...Object.fromEntries(inherited), ...pinned };
  return run(process.execPath, ['--import', 'tsx', script, backend], { env });
};

describe('useBackend', () => {
  it.each(['wasm', 'cpu'] as const)('selects %s', async (name) => {
    expect(await useBackend(name)).toEqual({ name, version: '4.22.0' });
    expect(currentBackend()).toBe(name);
    const tensor = scalar(2.5);
    expect(read(tensor)[0]).toBe(2.5);
    tensor.dispose();
  });

  it('takes the best that loads for auto', async () => {
    const available = (await probeBackends()).filter((probe) => probe.available);
    expect((await useBackend('auto')).name).toBe(available[0]!.name);
  });

  it('says in one line why a named backend does not load', async () => {
    const probe = (await probeBackends()).find(({ name }) => name === 'tensorflow')!;
    if (probe.available) {
      expect((await useBackend('tensorflow')).name).toBe('tensorflow');
      return;
    }
    const error: unknown = await useBackend('tensorflow').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    const line = renderUserError(error as UserError);
    expect((error as UserError).code).toBe('backend');
    expect(line).toContain('tensorflow');
    expect(line).toContain(probe.reason!);
    expect(line).not.toContain('\n');
  });
});

describe('probeBackends', () => {
  it('looks at every backend, gives a reason for each that fails, and keeps the one in use', async () => {
    await useBackend('cpu');
    const probes = await probeBackends();
    expect(probes.map(({ name }) => name)).toEqual([...BACKENDS]);
    for (const { available, reason } of probes) {
      expect(reason === undefined).toBe(available);
      expect(reason ?? 'none').toMatch(/^[^\n]+$/);
    }
    expect(probes.filter(({ name }) => name !== 'tensorflow').every(({ available }) => available)).toBe(true);
    expect(currentBackend()).toBe('cpu');
  });
});

const probes = await probeBackends();

describe.each(BACKENDS)('a fresh process on %s', (name) => {
  it.skipIf(!probes.some((probe) => probe.name === name && probe.available))(
    'prints nothing of its own, and gives the same bytes every time, whoever pins the threads',
    async () => {
      const [first, second] = await Promise.all([inFreshProcess(name), inFreshProcess(name, PINNED)]);
      expect(first.stdout).toMatch(/^[0-9a-f]{64}\n$/);
      expect(second.stdout).toBe(first.stdout);
      expect([first.stderr, second.stderr]).toEqual(['', '']);
    },
  );
});

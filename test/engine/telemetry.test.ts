import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/lossmith.js';

it("the runtime's telemetry is off: it leaves no log, no cache and no device id", () => {
  const home = mkdtempSync(join(tmpdir(), 'lossmith-home-'));
  const program = `
    const { loadRuntime } = await import(${JSON.stringify(join(ROOT, 'dist/engine/compiled/runtime.js'))});
    const { InferenceSession } = await loadRuntime();
    await InferenceSession.create(new Uint8Array(8)).catch(() => undefined);
    console.log(process.env.ORT_DISABLE_TELEMETRY);`;
  const { ORT_DISABLE_TELEMETRY: _set, ...rest } = process.env;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    env: {
      ...rest,
      HOME: home,
      TMPDIR: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
    },
    encoding: 'utf8',
  });
  expect(ran.stdout).toBe('1\n');
  expect(readdirSync(home)).toEqual([]);
});

import { beforeAll, describe } from 'vitest';
import { probeBackends, useBackend } from '../../src/tensor/index.js';

const probes = await probeBackends();

/** Runs a suite on every backend that loads on this machine: wasm and cpu always, tensorflow where installed. */
export function onEachBackend(suite: (backend: string) => void): void {
  for (const { name, available } of probes) {
    describe.skipIf(!available)(`on ${name}`, () => {
      beforeAll(async () => {
        await useBackend(name);
      });
      suite(name);
    });
  }
}

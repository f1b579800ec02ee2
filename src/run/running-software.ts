import { VERSION } from '../core/version.js';
import type { Provenance } from '../study/provenance.js';
import { useBackend, type BackendChoice } from '../tensor/index.js';

/** What the numbers of a study depend on beside its experiment and its data. */
export type Software = Pick<Provenance, 'version' | 'backend' | 'backendVersion' | 'node' | 'platform'>;

/**
 * What this process computes with; the backend is in use from here on.
 * @throws UserError `backend` where it does not load
 */
export async function runningSoftware(choice: BackendChoice): Promise<Software> {
  const backend = await useBackend(choice);
  return {
    version: VERSION,
    backend: backend.name,
    backendVersion: backend.version,
    node: process.versions.node,
    platform: `${process.platform}-${process.arch}`,
  };
}

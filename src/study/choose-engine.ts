import { UserError } from '../core/errors.js';
import { unknownName } from '../core/registry.js';
import type { Registries } from '../plugins/registries.js';

/** The engine is whichever of the registry comes first and runs on this machine. */
export const AUTO_ENGINE = 'auto';

/**
 * The name of the engine that a study trains with.
 * @throws UserError `unknown-name`, or `unsupported` where an engine that was named does not run here
 */
export async function chooseEngine(wanted: string, { engines }: Registries): Promise<string> {
  if (wanted !== AUTO_ENGINE) {
    if (!engines.has(wanted)) {
      throw unknownName('engine', wanted, [AUTO_ENGINE, ...engines.members.map(({ name }) => name)]);
    }
    const reason = await engines.get(wanted).unavailable();
    if (reason === undefined) return wanted;
    throw new UserError({
      code: 'unsupported',
      message: `the engine "${wanted}" does not run on this machine`,
      found: reason,
      expected: 'engine: eager, or auto',
    });
  }
  for (const engine of engines.members) {
    if ((await engine.unavailable()) === undefined) return engine.name;
  }
  throw new Error('no engine runs on this machine');
}

import { createRegistry } from '../core/registry.js';
import type { Registry } from '../core/registry.js';
import { compiled } from './compiled.js';
import { eager } from './eager.js';
import type { Engine } from './engine.js';

/** The engines that come with Lossmith. */
export const builtinEngines: Registry<Engine> = createRegistry<Engine>('engine', [compiled, eager]);

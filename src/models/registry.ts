import { createRegistry } from '../core/registry.js';
import type { Registry } from '../core/registry.js';
import { cnn } from './cnn.js';
import { mlp } from './mlp.js';
import type { AnyModel } from './model.js';

/** The models that come with Lossmith. */
export const builtinModels: Registry<AnyModel> = createRegistry<AnyModel>('model', [mlp, cnn]);

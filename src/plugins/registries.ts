import type { Registry } from '../core/registry.js';
import { builtinEngines } from '../engine/registry.js';
import type { Engine } from '../engine/engine.js';
import type { AnyFidelityPolicy } from '../fidelity/policy.js';
import { builtinFidelityPolicies } from '../fidelity/registry.js';
import type { Loss } from '../losses/loss.js';
import { builtinLosses } from '../losses/registry.js';
import type { Metric } from '../metrics/metric.js';
import { builtinMetrics } from '../metrics/registry.js';
import type { AnyModel } from '../models/model.js';
import { builtinModels } from '../models/registry.js';
import type { AnySchedule } from '../schedules/schedule.js';
import { builtinSchedules } from '../schedules/registry.js';
import { builtinSamplers } from '../search/registry.js';
import type { AnySampler } from '../search/sampler.js';
import type { AnyTask } from '../tasks/task.js';
import { builtinTasks } from '../tasks/registry.js';
import type { UserModule } from './user-module.js';

/** Everything that files can name, in one plain object that is handed down: there is no global registry. */
export interface Registries {
  readonly losses: Registry<Loss>;
  readonly schedules: Registry<AnySchedule>;
  readonly models: Registry<AnyModel>;
  readonly metrics: Registry<Metric>;
  readonly tasks: Registry<AnyTask>;
  readonly samplers: Registry<AnySampler>;
  readonly fidelityPolicies: Registry<AnyFidelityPolicy>;
  readonly engines: Registry<Engine>;
}

/**
 * The built-in members and those of the user's modules.
 * @throws UserError `plugin` where a name is taken.
 */
export function createRegistries(modules: readonly UserModule[]): Registries {
  return {
    losses: builtinLosses.with(modules.flatMap((module) => module.losses ?? [])),
    schedules: builtinSchedules.with(modules.flatMap((module) => module.schedules ?? [])),
    models: builtinModels.with(modules.flatMap((module) => module.models ?? [])),
    metrics: builtinMetrics.with(modules.flatMap((module) => module.metrics ?? [])),
    tasks: builtinTasks.with(modules.flatMap((module) => module.tasks ?? [])),
    samplers: builtinSamplers.with(modules.flatMap((module) => module.samplers ?? [])),
    fidelityPolicies: builtinFidelityPolicies,
    engines: builtinEngines,
  };
}

import type { Named, Registry } from '../core/registry.js';
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
import type { LoadedModule, UserModule } from './user-module.js';

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
 * @throws UserError `plugin` with the file, where a name is taken.
 */
export function createRegistries(modules: readonly LoadedModule[]): Registries {
  const withOwn = <Member extends Named>(
    builtin: Registry<Member>,
    membersOf: (module: UserModule) => readonly Member[] | undefined,
  ): Registry<Member> =>
    modules.reduce(
      (registry, module) => registry.with(membersOf(module) ?? [], { file: module.file }),
      builtin,
    );
  return {
    losses: withOwn(builtinLosses, ({ losses }) => losses),
    schedules: withOwn(builtinSchedules, ({ schedules }) => schedules),
    models: withOwn(builtinModels, ({ models }) => models),
    metrics: withOwn(builtinMetrics, ({ metrics }) => metrics),
    tasks: withOwn(builtinTasks, ({ tasks }) => tasks),
    samplers: withOwn(builtinSamplers, ({ samplers }) => samplers),
    fidelityPolicies: builtinFidelityPolicies,
    engines: builtinEngines,
  };
}

import type { z } from 'zod';
import type { Named } from '../core/registry.js';
import { parseYaml } from '../core/yaml-file.js';
import { builtinPacings } from '../curriculum/registry.js';
import { builtinFidelityPolicies } from '../fidelity/registry.js';
import { builtinImportanceEvaluators } from '../importance/registry.js';
import { builtinMetrics } from '../metrics/registry.js';
import { builtinSchedules } from '../schedules/registry.js';
import { builtinSamplers } from '../search/registry.js';
import { spaceFrom } from '../space/create-space.js';
import { builtinStoppingRules } from '../stopping/registry.js';
import { builtinSpaceNames, readBuiltinSpace } from '../study/builtin-spaces.js';
import { builtinTasks } from '../tasks/registry.js';
import type { ListKind } from './list-kinds.js';
import { lossOptions, schemaOptions, spaceOptions, type OptionFacts } from './member-options.js';

/** A member of a registry, as `lossmith list` shows it. */
export interface Listed extends Named {
  /** Further columns of the list. */
  readonly details: Readonly<Record<string, string | readonly string[]>>;
  readonly source?: string;
  options(): readonly OptionFacts[];
}

interface Registered extends Named {
  readonly schema?: z.ZodType;
  readonly source?: string;
}

function listing<Member extends Registered>(
  members: readonly Member[],
  details: (member: Member) => Listed['details'] = () => ({}),
): readonly Listed[] {
  return members.map((member) => ({
    name: member.name,
    summary: member.summary,
    details: details(member),
    ...(member.source === undefined ? {} : { source: member.source }),
    options: () => (member.schema === undefined ? [] : schemaOptions(member.schema)),
  }));
}

/** What there is of a kind, in no order. Members that are made of tensor operations are loaded when they are listed. */
export async function listedMembers(kind: ListKind): Promise<readonly Listed[]> {
  switch (kind) {
    case 'engines':
      return listing((await import('../engine/registry.js')).builtinEngines.members);
    case 'fidelity-policies':
      return listing(builtinFidelityPolicies.members);
    case 'importance-evaluators':
      return listing(builtinImportanceEvaluators.members);
    case 'losses':
      return (await import('../losses/registry.js')).builtinLosses.members.map((loss) => ({
        name: loss.name,
        summary: loss.summary,
        source: loss.source,
        details: {
          targets: Object.keys(loss.perSample),
          parameters: loss.parameters.map((parameter) => `${parameter.name} ${parameter.default}`),
        },
        options: () => lossOptions(loss),
      }));
    case 'metrics':
      return listing(builtinMetrics.members, ({ targets, direction }) => ({ targets, direction }));
    case 'models':
      return listing((await import('../models/registry.js')).builtinModels.members);
    case 'optimizers':
      return listing((await import('../train/registry.js')).builtinOptimizers.members);
    case 'pacings':
      return listing(builtinPacings.members);
    case 'samplers':
      return listing(builtinSamplers.members);
    case 'schedules':
      return listing(builtinSchedules.members, ({ driver }) => ({ driver }));
    case 'spaces':
      return builtinSpaceNames().map(spaceOf);
    case 'stopping-rules':
      return listing(builtinStoppingRules.members);
    case 'tasks':
      return listing(builtinTasks.members);
  }
}

function spaceOf(name: string): Listed {
  const { value, locate } = parseYaml(readBuiltinSpace(name)!, `${name}.yaml`);
  const { description } = value as { readonly description?: string };
  return {
    name,
    summary: description ?? '',
    details: {},
    options: () => spaceOptions(spaceFrom(value, locate)),
  };
}

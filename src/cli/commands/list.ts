import { builtinMetrics } from '../../metrics/registry.js';
import { builtinSamplers } from '../../search/registry.js';
import { builtinSchedules } from '../../schedules/registry.js';
import { builtinTasks } from '../../tasks/registry.js';
import { builtinSpaceNames, readBuiltinSpace } from '../../study/builtin-spaces.js';
import { byText } from '../../core/order.js';
import { parseYaml } from '../../core/yaml-file.js';
import { textTable } from '../text-table.js';

type Kind = 'losses' | 'schedules' | 'samplers' | 'tasks' | 'spaces' | 'metrics';

interface Listed {
  readonly name: string;
  readonly summary: string;
  readonly [detail: string]: unknown;
}

/** `lossmith list KIND`, by name. */
export async function listCommand(kind: Kind, options: { readonly json?: boolean }): Promise<void> {
  const items = [...(await listed(kind))].sort((a, b) => byText(a.name, b.name));
  if (options.json === true) {
    process.stdout.write(`${JSON.stringify(items, undefined, 2)}\n`);
    return;
  }
  const details = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const rows = items.map((item) => details.map((detail) => cell(item[detail])));
  process.stdout.write(`${textTable(details, rows)}\n`);
}

const cell = (value: unknown): string => (Array.isArray(value) ? value.join(', ') : String(value));

async function listed(kind: Kind): Promise<readonly Listed[]> {
  switch (kind) {
    case 'losses': {
      // The one list whose members are made of tensor operations.
      const { builtinLosses } = await import('../../losses/registry.js');
      return builtinLosses.members.map(({ name, parameters, perSample, summary }) => ({
        name,
        targets: Object.keys(perSample),
        parameters: parameters.map((parameter) => `${parameter.name} ${parameter.default}`),
        summary,
      }));
    }
    case 'schedules':
      return builtinSchedules.members.map(({ name, driver, summary }) => ({ name, driver, summary }));
    case 'samplers':
      return builtinSamplers.members.map(({ name, summary }) => ({ name, summary }));
    case 'tasks':
      return builtinTasks.members.map(({ name, summary }) => ({ name, summary }));
    case 'metrics':
      return builtinMetrics.members.map(({ name, targets, direction, summary }) => ({
        name,
        targets,
        direction,
        summary,
      }));
    case 'spaces':
      return builtinSpaceNames().map((name) => {
        const { value } = parseYaml(readBuiltinSpace(name)!, `${name}.yaml`);
        const { description } = value as { readonly description?: string };
        return { name, summary: description ?? '' };
      });
  }
}

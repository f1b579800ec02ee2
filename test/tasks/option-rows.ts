import { z } from 'zod';
import type { AnyTask } from '../../src/tasks/task.js';

/** The rows of the table of options of a task in docs/tasks.md, made from its schema. */
export function optionRows(task: AnyTask): string[] {
  const { properties = {}, required = [] } = z.toJSONSchema(task.schema, { io: 'input' });
  return Object.entries(properties).map(([name, property]) => {
    if (typeof property === 'boolean') throw new Error(`${name} has no schema`);
    const fallback = property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``;
    return `| \`${name}\` | ${required.includes(name) ? 'required' : fallback} | ${property.description ?? ''} |`;
  });
}

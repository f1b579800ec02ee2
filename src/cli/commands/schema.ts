import { experimentJsonSchema } from '../../study/experiment-json-schema.js';
import { spaceJsonSchema } from '../../space/space-schema.js';

/** `lossmith schema experiment|space`: the JSON Schema for editors. */
export function schemaCommand(kind: 'experiment' | 'space'): void {
  const schema = kind === 'experiment' ? experimentJsonSchema() : spaceJsonSchema();
  process.stdout.write(`${JSON.stringify(schema, undefined, 2)}\n`);
}

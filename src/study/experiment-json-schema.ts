import { z } from 'zod';
import { experimentFileSchema } from './experiment-file.js';

/**
 * JSON Schema (draft 2020-12) of experiment files, for editors. Options of tasks, models, samplers and policies are
 * checked by the member that they name, so it leaves them open.
 */
export function experimentJsonSchema(): Record<string, unknown> {
  return {
    title: 'Lossmith experiment',
    ...z.toJSONSchema(experimentFileSchema, { io: 'input' }),
  };
}

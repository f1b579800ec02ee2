import { createSpace } from '../../src/space/create-space.js';
import type { SpaceDefinition } from '../../src/space/space-schema.js';
import type { Space } from '../../src/space/space.js';

/** A space of these parameters; its candidates name no real loss, because nothing trains here. */
export function benchSpace(name: string, parameters: SpaceDefinition['parameters']): Space {
  const loss = Object.fromEntries(Object.keys(parameters).map((parameter) => [parameter, `$${parameter}`]));
  return createSpace({ name, parameters, candidate: { loss: { name, parameters: loss } } });
}

/** [−5, 5]^d with the entries x0, x1, … */
export function boxSpace(d: number): Space {
  const range = { type: 'float', low: -5, high: 5 } as const;
  return benchSpace('box', Object.fromEntries(Array.from({ length: d }, (_, index) => [`x${index}`, range])));
}

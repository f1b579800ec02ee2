import { createSpace } from '../../src/space/create-space.js';
import type { AnySampler } from '../../src/search/sampler.js';
import { optionsFor } from './participation.js';
import { benchSpace } from './spaces.js';
import type { Space } from '../../src/space/space.js';

const numbers = {
  gamma: { type: 'float', low: 0, high: 5 },
  rate: { type: 'float', low: 1e-4, high: 1e-1, log: true },
  smoothing: { type: 'float', low: 0, high: 0.3 },
  epsilon: { type: 'float', low: -1, high: 6 },
  terms: { type: 'int', low: 1, high: 6 },
  warmup: { type: 'int', low: 0, high: 100 },
} as const;
const references = Object.fromEntries(Object.keys(numbers).map((name) => [name, `$${name}`]));

/** Eight entries of all kinds, one of them conditional. */
const MIXED = createSpace({
  name: 'mixed',
  parameters: {
    family: { type: 'categorical', choices: ['focal', 'poly-1', 'tversky', 'dice'] },
    ...numbers,
    alpha: { type: 'float', low: 0.1, high: 0.9, when: { family: 'focal' } },
  },
  candidate: {
    loss: {
      $switch: 'family',
      cases: {
        focal: { name: 'focal', parameters: { ...references, alpha: '$alpha' } },
        'poly-1': { name: 'poly-1', parameters: references },
        tversky: { name: 'tversky', parameters: references },
        dice: { name: 'dice', parameters: references },
      },
    },
  },
});

/** Eight numbers, for samplers that know no categories. */
const NUMERIC = benchSpace('numeric', {
  ...numbers,
  alpha: { type: 'float', low: 0.1, high: 0.9 },
  beta: { type: 'float', low: 0, high: 1 },
});

/** The first of the two on which a sampler works, with its default options. */
export function costSpace(
  sampler: AnySampler,
): { readonly space: Space; readonly options: unknown } | undefined {
  for (const space of [MIXED, NUMERIC]) {
    const options = optionsFor(sampler, space);
    if (options !== undefined) return { space, options: options.value };
  }
  return undefined;
}

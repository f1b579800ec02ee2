import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParameterSpec, ScheduleSpec } from '../../src/candidate/parameter-spec.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { sampleParameter } from '../../src/schedules/sample-parameter.js';
import { createSpace } from '../../src/space/create-space.js';
import type { Space } from '../../src/space/space.js';
import { SHAPES, type SpaceDefinition } from '../../src/space/space-schema.js';

type ScheduleOptions = Omit<Extract<SpaceDefinition['parameters'][string], { type: 'schedule' }>, 'type'>;

/** A space of one schedule `g`. */
const spaceOf = (options: ScheduleOptions): Space =>
  createSpace({
    name: 'x',
    parameters: { g: { type: 'schedule', ...options } },
    candidate: { loss: { name: 'l', parameters: { g: '$g' } } },
  });

function buildSpec(space: Space, unit: readonly number[]): ParameterSpec {
  const { loss } = space.build(space.decode(unit));
  return (loss as unknown as { parameters: { g: ParameterSpec } }).parameters.g;
}

/** Points of the cube with its corners and faces more often than chance would have them. */
const pointsOf = (space: Space): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.5, 1)), {
    minLength: space.dimensions,
    maxLength: space.dimensions,
  });

const range = { low: 0.5, high: 4 };
const spaces: Readonly<Record<string, ScheduleOptions>> = {
  'all shapes': { shapes: [...SHAPES], range },
  'all shapes, all options': {
    shapes: [...SHAPES],
    from: { low: 0.5, high: 4, log: true },
    to: 2,
    range: { low: 0.5, high: 4, log: true },
    begin: { low: 0, high: 0.4 },
    end: { low: 0.5, high: 1 },
    steps: 3,
    at: { low: 0.001, high: 1 },
    points: 6,
    interpolation: ['linear', 'pchip'],
    monotone: 'increasing',
    stages: { low: 1, high: 5 },
    patience: { low: 1, high: 8, log: true },
  },
  'many jumps close together': { shapes: ['step'], range, steps: 16, at: { low: 0.5, high: 0.501 } },
  'a single jump': { shapes: ['step'], range, at: { low: 0.25, high: 0.75, step: 0.25 } },
  'a falling curve': { shapes: ['curve'], range, points: 5, monotone: 'decreasing' },
  'stepped values': { shapes: ['constant', 'curve', 'step'], range: { ...range, step: 0.5 }, steps: 2 },
};

describe.each(Object.entries(spaces))('a schedule with %s', (_, options) => {
  const space = spaceOf(options);

  it('is a schedule of the registry for every draw, with values in the range', () => {
    fc.assert(
      fc.property(pointsOf(space), (unit) => {
        const values = sampleParameter(buildSpec(space, unit), builtinSchedules);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(range.low);
        expect(Math.max(...values)).toBeLessThanOrEqual(range.high);
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('draws every shape that is offered, a plain number for the constant one', () => {
    const seen = new Set<string>();
    const shapes = options.shapes;
    shapes.forEach((shape, index) => {
      const unit = Array.from({ length: space.dimensions }, () => 0.3);
      if (shapes.length > 1) unit[0] = (index + 0.5) / shapes.length;
      const spec = buildSpec(space, unit);
      if (typeof spec === 'number') seen.add('constant');
      else seen.add((spec as ScheduleSpec).schedule);
      if (shape === 'constant') expect(spec).toBeTypeOf('number');
    });
    expect([...seen]).toEqual(shapes);
  });
});

it.each(['increasing', 'decreasing'] as const)('a curve that is %s never goes the other way', (monotone) => {
  for (const log of [false, true]) {
    const space = spaceOf({ shapes: ['curve'], range: { ...range, log }, points: 5, monotone });
    fc.assert(
      fc.property(pointsOf(space), (unit) => {
        const { points } = buildSpec(space, unit) as unknown as { points: readonly number[] };
        const sorted = points.toSorted((a, b) => (monotone === 'increasing' ? a - b : b - a));
        expect(points).toEqual(sorted);
      }),
      { seed: 5, numRuns: 100 },
    );
  }
});

it('expands into the entries that its shapes need, and no more', () => {
  const names = (options: ScheduleOptions): string[] => spaceOf(options).entries.map((entry) => entry.name);
  expect(names({ shapes: ['constant'], range })).toEqual(['g.from']);
  expect(names({ shapes: ['linear'], from: 1, to: range })).toEqual(['g.to']);
  expect(names({ shapes: ['linear', 'curve'], range, points: 2 })).toEqual([
    'g.shape',
    'g.from',
    'g.to',
    'g.points.0',
    'g.points.1',
  ]);
  expect(names({ shapes: ['step'], range, steps: 2 })).toEqual([
    'g.from',
    'g.to',
    'g.at.0',
    'g.at.1',
    'g.values.1',
  ]);
});

it('lets the curve and the middle of steps range over all that from and to allow, unless told', () => {
  const space = spaceOf({
    shapes: ['linear', 'curve'],
    from: { low: 1, high: 2 },
    to: { low: 4, high: 5 },
    points: 2,
  });
  const curve = buildSpec(space, [1, 0.5, 0.5, 0, 1]);
  expect(curve).toEqual({ schedule: 'curve', points: [1, 5], interpolation: 'pchip' });
});

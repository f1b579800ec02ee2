import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisValue, axisValues, modelAxes } from '../../src/search/model-axes.js';
import { createSpace } from '../../src/space/create-space.js';

const space = createSpace({
  name: 'every-kind',
  parameters: {
    line: { type: 'float', low: -2, high: 3 },
    log: { type: 'float', low: 1e-5, high: 10, log: true },
    lattice: { type: 'float', low: 0, high: 1, step: 0.3 },
    fine: { type: 'float', low: 0, high: 1, step: 0.001 },
    int: { type: 'int', low: 1, high: 5 },
    logInt: { type: 'int', low: 1, high: 60, log: true },
    wide: { type: 'int', low: 0, high: 1000 },
    choice: { type: 'categorical', choices: ['a', 'b', 'c'] },
    mix: { type: 'simplex', parts: ['one', 'two', 'three'] },
  },
  candidate: {
    loss: {
      name: 'user',
      options: {
        numbers: ['$line', '$log', '$lattice', '$fine', '$int', '$logInt', '$wide', '$choice'],
        mix: ['$mix.one', '$mix.two', '$mix.three'],
      },
    },
  },
} as never);

describe('what a coordinate counts as on an axis', () => {
  const axes = modelAxes(space);

  it('is what the assignment that it decodes to says', () => {
    // Inside: where a part of a simplex is all, what is left for the others has no shares.
    const coordinate = fc.double({ min: 0.001, max: 0.999, noNaN: true });
    const point = fc.array(coordinate, { minLength: space.dimensions, maxLength: space.dimensions });
    fc.assert(
      fc.property(point, (unit) => {
        const told = axisValues(axes, space.decode(unit));
        axes.forEach((axis, index) => {
          // Fine lattices are modelled as continuous: half a cell of 1000 apart.
          const rounding = axis.entry.cardinality < Infinity && axis.edges === undefined ? 5.1e-4 : 1e-8;
          expect(Math.abs(axisValue(axis, unit[axis.coordinate]!) - told[index]!)).toBeLessThan(rounding);
        });
      }),
      { numRuns: 500 },
    );
  });
});

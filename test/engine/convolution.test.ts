import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { stream } from '../../src/core/random.js';
import { traceGraph } from '../../src/engine/compiled/graph/trace-graph.js';
import { createLoopProgram } from '../../src/engine/compiled/loop-program.js';
import { ops, useBackend, valueAndGradients } from '../../src/tensor/index.js';

beforeAll(() => useBackend('wasm'));

type Shape = readonly [number, number, number, number];
interface Case {
  readonly x: Shape;
  readonly filter: Shape;
  readonly stride: number;
  readonly padding: 'same' | 'valid';
}

/** Visits every product of a convolution: places in the output, the input and the filter. */
function eachProduct(
  { x, filter, stride, padding }: Case,
  visit: (output: number, input: number, weight: number) => void,
): Shape {
  const extent = (axis: 0 | 1): number =>
    padding === 'same'
      ? Math.ceil(x[axis + 1]! / stride)
      : Math.floor((x[axis + 1]! - filter[axis]) / stride) + 1;
  const before = (axis: 0 | 1): number =>
    padding === 'same'
      ? Math.floor(Math.max((extent(axis) - 1) * stride + filter[axis] - x[axis + 1]!, 0) / 2)
      : 0;
  const shape: Shape = [x[0], extent(0), extent(1), filter[3]];
  const place = ([, a, b, c]: Shape, i: number, j: number, k: number, l: number): number =>
    ((i * a + j) * b + k) * c + l;
  for (let n = 0; n < x[0]; n++)
    for (let row = 0; row < shape[1]; row++)
      for (let column = 0; column < shape[2]; column++)
        for (let i = 0; i < filter[0]; i++)
          for (let j = 0; j < filter[1]; j++) {
            const y = row * stride + i - before(0);
            const z = column * stride + j - before(1);
            if (y < 0 || z < 0 || y >= x[1] || z >= x[2]) continue;
            for (let c = 0; c < x[3]; c++)
              for (let out = 0; out < filter[3]; out++)
                visit(place(shape, n, row, column, out), place(x, n, y, z, c), place(filter, i, j, c, out));
          }
  return shape;
}

const volume = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

/** Few channels, and numbers that fill blocks of 8 or 16. */
const channels = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(8, 12, 16, 24, 32));

const cases: fc.Arbitrary<Case> = fc
  .record({
    x: fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 3, max: 8 }),
      fc.integer({ min: 3, max: 8 }),
      channels,
    ),
    window: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
    outgoing: channels,
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom('same' as const, 'valid' as const),
  })
  .map(({ x, window, outgoing, stride, padding }) => ({
    ...{ x, stride, padding },
    filter: [...window, x[3], outgoing] as const,
  }));

describe('a compiled convolution', () => {
  it('and its two gradients are the sums of products that define them, whatever the shapes', async () => {
    const random = stream('convolution');
    const values = (count: number): Float32Array =>
      Float32Array.from({ length: count }, () => random.normal());
    await fc.assert(
      fc.asyncProperty(cases, async (one) => {
        const output = volume(eachProduct(one, () => undefined));
        const arrays = { x: values(volume(one.x)), filter: values(volume(one.filter)), dy: values(output) };
        const wanted = {
          y: new Float64Array(output),
          dx: new Float64Array(arrays.x.length),
          dFilter: new Float64Array(arrays.filter.length),
        };
        eachProduct(one, (place, input, weight) => {
          wanted.y[place]! += arrays.x[input]! * arrays.filter[weight]!;
          wanted.dx[input]! += arrays.dy[place]! * arrays.filter[weight]!;
          wanted.dFilter[weight]! += arrays.dy[place]! * arrays.x[input]!;
        });
        const step = traceGraph({ x: one.x, filter: one.filter, dy: [output] }, ({ x, filter, dy }) => {
          const convolve = (): ReturnType<typeof ops.conv2d> =>
            ops.reshape(ops.conv2d(x!, filter!, one.stride, one.padding), [output]);
          const { gradients } = valueAndGradients(
            (a, b) => ops.sum(ops.mul(ops.reshape(ops.conv2d(a, b, one.stride, one.padding), [output]), dy!)),
            [x!, filter!],
          );
          return { y: convolve(), dx: gradients[0]!, dFilter: gradients[1]! };
        });
        const roles = { x: 'fixed', filter: 'fixed', dy: 'fixed' } as const;
        const program = await createLoopProgram(
          { step, roles, shared: new Set(), sameSamples: false, batchSize: 1 },
          1,
        );
        const [found] = await program.run(1, {}, [{ arrays, indices: new Int32Array(1) }]);
        await program.dispose();
        for (const [name, exact] of Object.entries(wanted)) {
          exact.forEach((value, index) => {
            const difference = Math.abs(found![name]![index]! - value);
            expect(difference, `${name}[${index}]`).toBeLessThan(3e-5 * (1 + Math.abs(value)));
          });
        }
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

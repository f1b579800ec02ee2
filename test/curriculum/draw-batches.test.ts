import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawBatches, type BatchRequest } from '../../src/curriculum/draw-batches.js';

const samplesOf = (count: number): Int32Array =>
  Int32Array.from({ length: count }, (_, index) => 10 * index + 3);

const draw = (request: Partial<BatchRequest>): number[] =>
  Array.from(
    drawBatches({
      seed: 'study/1/batches',
      samples: samplesOf(10),
      firstStep: 0,
      steps: 1,
      batchSize: 4,
      ...request,
    }),
  );

const sorted = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

const shapes = fc.record({
  size: fc.integer({ min: 1, max: 30 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  steps: fc.integer({ min: 1, max: 25 }),
  seed: fc.string(),
});

/** Counts that never fall, from a list of increments. */
const growing =
  (increments: readonly number[], size: number) =>
  (step: number): number =>
    Math.min(size, 1 + increments.slice(0, step + 1).reduce((sum, one) => sum + one, 0));

describe('plain batches', () => {
  it('draw every sample once in each epoch', () => {
    fc.assert(
      fc.property(shapes, ({ size, batchSize, steps, seed }) => {
        const samples = samplesOf(size);
        const drawn = draw({ seed, samples, steps, batchSize });
        expect(drawn).toHaveLength(steps * batchSize);
        for (let start = 0; start + size <= drawn.length; start += size) {
          expect(sorted(drawn.slice(start, start + size))).toEqual(Array.from(samples));
        }
        const rest = drawn.slice(Math.floor(drawn.length / size) * size);
        expect(new Set(rest).size).toBe(rest.length);
      }),
    );
  });

  it('shuffle every epoch anew, and depend on the seed', () => {
    const samples = samplesOf(50);
    const drawn = draw({ samples, steps: 4, batchSize: 25 });
    expect(drawn.slice(0, 50)).not.toEqual(drawn.slice(50));
    expect(drawn.slice(0, 50)).not.toEqual(Array.from(samples));
    expect(draw({ samples, steps: 4, batchSize: 25, seed: 'study/2/batches' })).not.toEqual(drawn);
    expect(draw({ samples, steps: 4, batchSize: 25 })).toEqual(drawn);
  });

  it('are spread evenly: each sample is as likely in each place', () => {
    const seeds = 2000;
    const counts = new Float64Array(5);
    for (let seed = 0; seed < seeds; seed++) {
      counts[(draw({ seed: `s/${seed}`, samples: samplesOf(5), batchSize: 1 })[0]! - 3) / 10]!++;
    }
    // χ² with 4 degrees of freedom: 18.5 is its 99.9 % quantile.
    const expected = seeds / 5;
    expect(counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)).toBeLessThan(18.5);
  });
});

describe('batches of a curriculum', () => {
  const increments = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 25 });

  it('hold only samples in use at their step', () => {
    fc.assert(
      fc.property(shapes, increments, ({ size, batchSize, steps, seed }, grown) => {
        const countAt = growing(grown, size);
        const samples = samplesOf(size);
        const drawn = draw({ seed, samples, countAt, steps, batchSize });
        drawn.forEach((sample, index) => {
          expect(samples.indexOf(sample)).toBeGreaterThanOrEqual(0);
          expect(samples.indexOf(sample)).toBeLessThan(countAt(Math.floor(index / batchSize)));
        });
      }),
    );
  });

  it('draw nobody for the (k + 1)th time before everybody who was in use all along had k turns', () => {
    fc.assert(
      fc.property(shapes, increments, ({ size, batchSize, steps, seed }, grown) => {
        const countAt = growing(grown, size);
        const samples = samplesOf(size);
        const turns = new Map<number, number>();
        for (const sample of draw({ seed, samples, countAt, steps, batchSize })) {
          const turn = (turns.get(sample) ?? 0) + 1;
          turns.set(sample, turn);
          for (const first of samples.slice(0, countAt(0))) {
            expect(turns.get(first) ?? 0).toBeGreaterThanOrEqual(turn - 1);
          }
        }
      }),
    );
  });

  it('take a new sample in before the epoch ends', () => {
    const samples = samplesOf(100);
    // 50 samples in use, from step 1 on all 100: the first epoch then has 100 draws, each sample once.
    const drawn = draw({ samples, countAt: (step) => (step === 0 ? 50 : 100), steps: 10, batchSize: 10 });
    expect(sorted(drawn)).toEqual(Array.from(samples));
  });

  it('with a count that never changes are the plain batches', () => {
    fc.assert(
      fc.property(shapes, fc.nat(20), ({ size, batchSize, steps, seed }, firstStep) => {
        const common = { seed, samples: samplesOf(size), steps, batchSize, firstStep };
        expect(draw({ ...common, countAt: () => size })).toEqual(draw(common));
      }),
    );
  });

  it('go on with fewer samples from the next epoch on when a count falls', () => {
    const drawn = draw({ countAt: (step) => (step === 0 ? 10 : 2), steps: 5, batchSize: 4 });
    expect(sorted(drawn.slice(0, 10))).toEqual(Array.from(samplesOf(10)));
    expect(new Set(drawn.slice(10))).toEqual(new Set([3, 13]));
  });
});

describe('chunks', () => {
  it('do not matter: a chunk is a cut-out of the whole training', () => {
    fc.assert(
      fc.property(
        shapes,
        fc.option(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 25 }), {
          nil: undefined,
        }),
        fc.nat(24),
        ({ size, batchSize, steps, seed }, counts, cut) => {
          // Any counts, falling ones as well.
          const countAt =
            counts === undefined ? {} : { countAt: (step: number) => counts[step % counts.length]! };
          const common = { seed, samples: samplesOf(size), batchSize, ...countAt };
          const whole = draw({ ...common, steps });
          const first = Math.min(cut, steps);
          const chunks = [
            ...draw({ ...common, steps: first }),
            ...draw({ ...common, firstStep: first, steps: steps - first }),
          ];
          expect(chunks).toEqual(whole);
        },
      ),
    );
  });
});

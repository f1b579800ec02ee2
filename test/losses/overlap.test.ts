import { beforeAll, describe, expect, test } from 'vitest';
import { builtinLosses } from '../../src/losses/registry.js';
import { read, scalar, tensorFrom, tidy, useBackend } from '../../src/tensor/index.js';
import { sum } from './reference.js';

beforeAll(async () => {
  await useBackend('wasm');
});

const P = [0.9, 0.2, 0.7, 0.1];
const T = [1, 0, 1, 0];

interface Case {
  readonly name: string;
  readonly theta: Readonly<Record<string, number>>;
  readonly over?: 'batch' | 'sample';
  readonly squared?: boolean;
}

/** Losses of a binary head with prediction [N, positions, 1]. */
function losses(
  shape: readonly number[],
  probabilities: readonly number[],
  targets: readonly number[],
  { name, theta, over = 'batch', squared = false }: Case,
): number[] {
  const result = tidy(() =>
    builtinLosses.get(name).perSample.binary!({
      prediction: tensorFrom(
        Float32Array.from(probabilities, (p) => Math.log(p / (1 - p))),
        shape,
      ),
      target: tensorFrom(Float32Array.from(targets), shape),
      theta: Object.fromEntries(
        Object.entries({ smooth: 0, ...theta }).map(([key, value]) => [key, scalar(value)]),
      ),
      options: { over, squared },
    }),
  );
  const host = [...read(result)];
  result.dispose();
  return host;
}

const GOLDEN: readonly (Case & { readonly expected: number })[] = [
  { name: 'dice', theta: {}, expected: 0.1794872 },
  { name: 'dice', theta: {}, squared: true, expected: 0.0447761 },
  { name: 'tversky', theta: { fp: 0.5, fn: 0.5 }, expected: 0.1794872 },
  { name: 'tversky', theta: { fp: 1, fn: 1 }, expected: 0.3043478 },
  { name: 'tversky', theta: { fp: 0.3, fn: 0.7 }, expected: 0.1878173 },
  { name: 'focal-tversky', theta: { fp: 0.3, fn: 0.7, gamma: 0.75 }, expected: 0.2852999 },
  { name: 'focal-tversky', theta: { fp: 0.3, fn: 0.7, gamma: 1 }, expected: 0.1878173 },
];

describe('overlap losses', () => {
  test.each(GOLDEN)(
    '$name $theta squared=$squared is $expected on four positions of one sample',
    (golden) => {
      for (const over of ['batch', 'sample'] as const) {
        const [value] = losses([1, 4, 1], P, T, { ...golden, over });
        expect(Math.abs(value! - golden.expected)).toBeLessThan(1e-6);
      }
    },
  );

  test.each(GOLDEN)(
    '$name $theta squared=$squared: over the batch the mean over samples is $expected',
    (golden) => {
      const shares = losses([4, 1], P, T, golden);
      expect(Math.abs(sum(shares) / 4 - golden.expected)).toBeLessThan(1e-6);
      expect(new Set(shares.map((share) => share.toFixed(4))).size).toBeGreaterThan(1);
    },
  );

  test('over samples each sample is a batch of its own', () => {
    const apart = [0, 1].flatMap((n) =>
      losses([1, 2, 1], P.slice(2 * n, 2 * n + 2), T.slice(2 * n, 2 * n + 2), { name: 'dice', theta: {} }),
    );
    const together = losses([2, 2, 1], P, T, { name: 'dice', theta: {}, over: 'sample' });
    together.forEach((value, n) => expect(value).toBeCloseTo(apart[n]!, 6));
  });

  test('a mask that is empty and predicted empty costs nothing once smooth is above 0', () => {
    const empty = { name: 'dice', over: 'sample' } as const;
    expect(losses([1, 2, 1], [1e-6, 1e-6], [0, 0], { ...empty, theta: { smooth: 1 } })[0]).toBeLessThan(1e-5);
    expect(losses([1, 2, 1], [0.3, 0.4], [0, 0], { ...empty, theta: { smooth: 0 } })[0]).toBeCloseTo(1, 6);
  });
});

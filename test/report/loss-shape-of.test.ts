import { beforeAll, describe, expect, it } from 'vitest';
import type { LossSpec } from '../../src/candidate/candidate.js';
import type { ParameterSpec } from '../../src/candidate/parameter-spec.js';
import { builtinLosses } from '../../src/losses/registry.js';
import type { LossShapeSeries } from '../../src/report/found-loss-curves.js';
import { lossShapeOf } from '../../src/report/model/loss-shape-of.js';
import { builtinSchedules } from '../../src/schedules/registry.js';
import { useBackend } from '../../src/tensor/index.js';

beforeAll(() => useBackend('cpu'));

describe('the picture of a regression loss', () => {
  const drawn = (loss: LossSpec, targetDeviations?: readonly number[]): readonly LossShapeSeries[] =>
    lossShapeOf({
      ...{ candidate: { loss }, plainLoss: 'mse', classCounts: undefined, targetDeviations },
      head: { name: 'value', kind: 'regression', outputs: targetDeviations?.length ?? 1 },
      ...{ losses: builtinLosses, schedules: builtinSchedules },
    }).series;
  const reachOf = (series: readonly LossShapeSeries[]): number => {
    const ends = series.map(({ points }) => [points[0]!.x, points.at(-1)!.x]);
    expect(new Set(ends.map(String)).size).toBe(1);
    expect(ends[0]![0]).toBe(-ends[0]![1]!);
    return ends[0]![1]!;
  };
  const huber = (delta: ParameterSpec): LossSpec => ({ name: 'huber', parameters: { delta } });
  const reach = (loss: LossSpec, deviations?: readonly number[]): number => reachOf(drawn(loss, deviations));

  it.each([1, 5, 8, 20])('shows where Huber loss with δ = %d turns', (delta) => {
    const series = drawn(huber(delta));
    const [found, plain] = series.map(({ points }) => points.map(({ gradient }) => gradient));
    // Flat at both ends, where the squared error still grows.
    expect(found!.at(-1)).toBeCloseTo(found!.at(-2)!, 5);
    expect(plain!.at(-1)! - plain!.at(-2)!).toBeGreaterThan(0.1);
    expect(reachOf(series)).toBeGreaterThan(delta);
  });

  it('goes as far as the residuals of the data, in the unit of the target', () => {
    expect(reach({ name: 'mse' })).toBe(4);
    expect(reach({ name: 'mse' }, [50])).toBe(200);
    expect(reach({ name: 'mse' }, [0.01, 0.5])).toBe(2);
    expect(reach({ name: 'mse' }, [0])).toBe(4);
    expect(reach(huber(1), [50])).toBe(200);
    expect(reach(huber(400), [50])).toBe(600);
  });

  it('sees the scale of every term, the one that a schedule reaches, and what is left at its default', () => {
    const sum: LossSpec = {
      name: 'weighted-sum',
      terms: [
        { weight: 1, loss: { name: 'barron', parameters: { scale: 6 } } },
        { weight: 9, loss: { name: 'mse' } },
      ],
    };
    expect(reach(sum)).toBe(9);
    expect(reach(huber({ schedule: 'linear', from: 1, to: 10 }))).toBe(15);
    expect(reach({ name: 'huber' }, [0.1])).toBe(1.5);
  });

  it('does not follow a scale out of sight', () => {
    expect(reach(huber(1e6))).toBe(100);
  });
});

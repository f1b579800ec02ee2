import { beforeAll, expect, it } from 'vitest';
import type { Metric } from '../../src/metrics/metric.js';
import { builtinMetrics } from '../../src/metrics/registry.js';
import { useBackend } from '../../src/tensor/index.js';
import { plainLosses, scores } from '../../src/trial/evaluate.js';
import { BINARY } from '../engine/toy-data.js';
import { toyContext } from './trials.js';

beforeAll(() => useBackend('cpu'));

it('a metric that sorts what it is given changes nothing for whoever asks next', () => {
  const sorting: Metric = {
    ...builtinMetrics.get('auroc'),
    name: 'sorting',
    prepare: ({ prediction, target }) => {
      prediction.sort();
      target.sort();
      return () => 0;
    },
  };
  const metrics = ['sorting', 'auroc'].map((name) => ({ key: name, name, head: 'label' }));
  const { registries, ...rest } = toyContext({ heads: [BINARY], setup: { metrics } });
  const context = { ...rest, registries: { ...registries, metrics: builtinMetrics.with([sorting]) } };
  const { validation } = context.data.parts;
  const predictions = { label: Float32Array.from(validation, (_, row) => Math.sin(row)) };
  const before = [...plainLosses(context, predictions, validation)];
  const alone = { ...context, setup: { ...context.setup, metrics: metrics.slice(1) } };
  const { auroc } = scores(alone, predictions, validation, 'all');
  expect(scores(context, predictions, validation, 'all')).toEqual({ sorting: 0, auroc });
  expect([...plainLosses(context, predictions, validation)]).toEqual(before);
});

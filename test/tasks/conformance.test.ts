import { describe, expect, it } from 'vitest';
import { builtinMetrics } from '../../src/metrics/registry.js';
import { builtinModels } from '../../src/models/registry.js';
import { builtinTasks } from '../../src/tasks/registry.js';
import { PARTS } from '../../src/problem/part.js';
import type { TaskData } from '../../src/problem/task-data.js';
import type { TaskDefaults } from '../../src/tasks/task.js';
import { SAMPLE_OPTIONS, sampleFolder } from './samples.js';

const environment = sampleFolder();

async function load(
  name: string,
  options: Readonly<Record<string, unknown>>,
): Promise<{ data: TaskData; defaults: TaskDefaults }> {
  const task = builtinTasks.get(name);
  const parsed: unknown = task.schema.parse(options);
  const data = await task.load(parsed, environment);
  return { data, defaults: task.defaults(parsed, data) };
}

it('has samples of every task', () => {
  expect(Object.keys(SAMPLE_OPTIONS).sort()).toEqual(builtinTasks.members.map(({ name }) => name).sort());
});

const cases = Object.entries(SAMPLE_OPTIONS).flatMap(([name, list]) =>
  list.map((options) => ({ name, options, title: `${name} ${JSON.stringify(options)}` })),
);

describe.each(cases)('$title', ({ name, options }) => {
  it('has four parts that are disjoint, cover all samples, and are not empty', async () => {
    const { data } = await load(name, options);
    const all = PARTS.flatMap((part) => [...data.parts[part]]);
    expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: data.size }, (_, sample) => sample));
    for (const part of PARTS) expect(data.parts[part].length).toBeGreaterThan(0);
  });

  it('has arrays of the lengths that its shapes say, all finite', async () => {
    const { data } = await load(name, options);
    const width = data.inputShape.reduce((product, extent) => product * extent, 1);
    expect(data.inputs.length).toBe(data.size * width);
    expect(data.inputs.every(Number.isFinite)).toBe(true);
    expect(Object.keys(data.targets)).toEqual(data.heads.map((head) => head.name));
    for (const head of data.heads) {
      expect(data.targets[head.name]!.length).toBe(data.size * head.outputs);
    }
    for (const column of Object.values(data.columns)) {
      expect(column.length).toBe(data.size);
      expect(column.every(Number.isFinite)).toBe(true);
    }
  });

  it('encodes targets as their kind asks: 0/1, one-hot, finite', async () => {
    const { data } = await load(name, options);
    for (const { name: head, kind, outputs } of data.heads) {
      const target = data.targets[head]!;
      expect(target.every(Number.isFinite)).toBe(true);
      if (kind === 'regression') continue;
      expect(target.every((value) => value === 0 || value === 1)).toBe(true);
      if (kind === 'binary') expect(outputs).toBe(1);
      else {
        for (let sample = 0; sample < data.size; sample++) {
          const row = target.subarray(sample * outputs, (sample + 1) * outputs);
          expect(row.reduce((sum, value) => sum + value, 0)).toBe(1);
        }
      }
    }
  });

  it('has samples of every class in every part', async () => {
    const { data } = await load(name, options);
    for (const { name: head, kind, outputs } of data.heads) {
      if (kind === 'regression') continue;
      const target = data.targets[head]!;
      for (const part of PARTS) {
        for (let label = 0; label < outputs; label++) {
          const values = [...data.parts[part]].map((sample) => target[sample * outputs + label]!);
          expect(values).toContain(1);
          expect(values).toContain(0);
        }
      }
    }
  });

  it('has train inputs of mean 0 and deviation 1, over all or by standardised column', async () => {
    const { data } = await load(name, options);
    const width = data.inputs.length / data.size;
    // Pixels are standardised together, columns one by one; a column of only 0 and 1 is one-hot.
    const groups =
      name === 'idx-images'
        ? [Array.from({ length: width }, (_, c) => c)]
        : Array.from({ length: width }, (_, c) => [c]);
    for (const columns of groups) {
      const values = [...data.parts.train].flatMap((sample) =>
        columns.map((c) => data.inputs[sample * width + c]!),
      );
      if (values.every((value) => value === 0 || value === 1)) continue;
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean).toBeCloseTo(0, 4);
      expect(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length).toBeCloseTo(1, 4);
    }
  });

  it('gives the same bytes for the same options and others for another seed', async () => {
    const first = await load(name, options);
    const again = await load(name, options);
    expect(again.data).toEqual(first.data);
    expect(first.data.splitHash).toMatch(/^[0-9a-f]{12}$/);
    const other = await load(name, { ...options, seed: 2 });
    expect(other.data.splitHash).not.toBe(first.data.splitHash);
  });

  it('has defaults that fit its heads: metrics of the right kind, a plain loss each', async () => {
    const { data, defaults } = await load(name, options);
    const { name: model, ...modelOptions } = defaults.model;
    expect(builtinModels.get(model).schema.safeParse(modelOptions).success).toBe(true);
    expect(Object.keys(defaults.plainLoss)).toEqual(data.heads.map((head) => head.name));
    expect(defaults.metrics.length).toBeGreaterThan(0);
    for (const { name: metric, head } of defaults.metrics) {
      const target =
        data.heads.length === 1 && head === undefined
          ? data.heads[0]
          : data.heads.find((h) => h.name === head);
      expect(builtinMetrics.get(metric).targets).toContain(target!.kind);
    }
    for (const { name: head, kind } of data.heads) {
      expect(defaults.plainLoss[head]).toBe(kind === 'regression' ? 'mse' : 'cross-entropy');
    }
  });

  it('refuses options that it does not know and fractions that do not sum to 1', () => {
    const { schema } = builtinTasks.get(name);
    expect(schema.safeParse({ ...options, seeed: 1 }).success).toBe(false);
    const fractions = { train: 0.5, validation: 0.2, selection: 0.2, test: 0.2 };
    expect(schema.safeParse({ ...options, fractions }).success).toBe(false);
    expect(schema.safeParse({ ...options, fractions: { ...fractions, train: 0.4 } }).success).toBe(true);
  });
});

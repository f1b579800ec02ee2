import { describe, expect, it } from 'vitest';
import { builtinTasks } from '../../src/tasks/registry.js';
import { PARTS } from '../../src/problem/part.js';
import type { TaskData } from '../../src/problem/task-data.js';
import { hasRealData, REAL_ENVIRONMENT } from './real-data.js';

const load = async (name: string, options: Readonly<Record<string, unknown>>): Promise<TaskData> => {
  const task = builtinTasks.get(name);
  return task.load(task.schema.parse(options), REAL_ENVIRONMENT);
};
const positives = (data: TaskData): number => data.targets['class']!.reduce((sum, value) => sum + value, 0);
const one = { header: false };

describe('real data', () => {
  it.skipIf(!hasRealData('mammography.csv'))(
    'mammography: 260 positives among 11,183, rare class positive, apostrophes stripped',
    async () => {
      const data = await load('csv-classification', { file: 'mammography.csv', ...one, quote: "'" });
      expect([data.size, data.inputShape, positives(data)]).toEqual([11183, [6], 260]);
      expect(data.notes[0]).toContain('1: 104/52/52/52');
    },
  );

  it.skipIf(!hasRealData('pima-indians-diabetes.csv'))(
    'pima: zeros that stand for missing values are imputed, 268 positives',
    async () => {
      const zerosAreMissing = [1, 2, 3, 4, 5];
      const data = await load('csv-classification', {
        file: 'pima-indians-diabetes.csv',
        ...one,
        zerosAreMissing,
      });
      expect([data.size, data.inputShape, positives(data)]).toEqual([768, [8], 268]);
      // Zeros of each column as the literature on this data set counts them.
      const counts = data.notes.flatMap((note) =>
        [...note.matchAll(/: (\d+) missing/g)].map(([, count]) => Number(count)),
      );
      expect(counts).toEqual([5, 35, 227, 374, 11]);
    },
  );

  it.skipIf(!hasRealData('german.csv'))(
    'german: 13 categorical columns become one-hot, 7 numbers stay',
    async () => {
      const data = await load('csv-classification', { file: 'german.csv', ...one });
      expect([data.size, positives(data)]).toEqual([1000, 300]);
      // 54 categories in all; a rare one may be missing from the train part.
      expect(data.inputShape[0]).toBeGreaterThanOrEqual(7 + 52);
      expect(data.inputShape[0]).toBeLessThanOrEqual(7 + 54);
    },
  );

  it.skipIf(!hasRealData('adult-train.csv'))(
    'adult: gzip, spaces after commas, a question mark for missing',
    async () => {
      const data = await load('csv-classification', { file: 'adult-train.csv', ...one, size: 5000 });
      expect(data.size).toBe(5000);
      expect(positives(data) / data.size).toBeCloseTo(7841 / 32561, 3);
      expect(data.notes[0]).toContain('>50K');
    },
  );

  it.skipIf(!hasRealData('abalone.csv'))('abalone: the value of a number, sex one-hot', async () => {
    const data = await load('csv-regression', { file: 'abalone.csv', ...one });
    expect([data.size, data.inputShape]).toEqual([4177, [10]]);
  });

  it.skipIf(!hasRealData('winequality-white.csv'))(
    'wine: seven grades as classes in the order of their number',
    async () => {
      const data = await load('csv-classification', { file: 'winequality-white.csv', ...one });
      expect(data.heads[0]).toEqual({ name: 'class', kind: 'multiclass', outputs: 7 });
      expect(data.notes[0]).toMatch(/3: .*, 9: 2\/1\/1\/1$/);
    },
  );

  it.skipIf(!hasRealData('t10k-images-idx3-ubyte'))('mnist: ten digits of 28 x 28', async () => {
    const options = { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte', size: 2000 };
    const data = await load('idx-images', { ...options, flatten: false });
    expect([data.size, data.inputShape, data.heads[0]!.outputs]).toEqual([2000, [28, 28, 1], 10]);
    for (const part of PARTS) expect(data.parts[part].length).toBeGreaterThan(300);
  });
});

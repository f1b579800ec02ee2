import { gzipSync } from 'node:zlib';
import { stream } from '../../src/core/random.js';
import type { TaskEnvironment } from '../../src/tasks/task.js';
import { idxBytes, temporaryFolder } from '../data/support.js';

const random = stream('test', 'task-samples');

/** A table with numbers, categories, missing values, two class columns and a value; deterministic. */
export function sampleTable(rows = 240): string {
  const line = (row: number): string => {
    const x = random.normal();
    const job = ['clerk', 'smith', 'cook', 'rare'][
      Math.min(3, random.integer(30) === 0 ? 3 : random.integer(3))
    ]!;
    const age = row % 11 === 0 ? '?' : String(20 + random.integer(50));
    const kind = ['ash', 'beech', 'cedar'][(row * 7) % 20 < 12 ? 0 : (row * 7) % 20 < 18 ? 1 : 2]!;
    const bad = x + random.normal() > 1.3 ? 'yes' : 'no';
    return [x.toFixed(4), age, job, row, kind, bad, (3 * x + random.normal()).toFixed(3)].join(',');
  };
  const lines = Array.from({ length: rows }, (_, row) => line(row));
  return `x,age,job,rank,kind,bad,value\n${lines.join('\n')}\n`;
}

/** Images of 4 x 3 pixels of five classes, and their labels. */
export function sampleImages(count = 200): { images: Uint8Array; labels: Uint8Array } {
  const labels = Array.from({ length: count }, (_, row) => row % 5);
  const pixels = labels.flatMap((label) =>
    Array.from({ length: 12 }, (_, pixel) => (pixel === 2 * label ? 200 : 0) + random.integer(50)),
  );
  return { images: idxBytes([count, 4, 3], pixels), labels: idxBytes([count], labels) };
}

/** A data folder with `table.csv`, `images` and `labels`. */
export function sampleFolder(): TaskEnvironment & ReturnType<typeof temporaryFolder> {
  const folder = temporaryFolder();
  const { images, labels } = sampleImages();
  folder.write('table.csv', sampleTable());
  folder.write('images.gz', gzipSync(images));
  folder.write('labels', labels);
  return { ...folder, dataFolders: [folder.path] };
}

/** Options of every built-in task with which the conformance suite runs it; files of {@link sampleFolder}. */
export const SAMPLE_OPTIONS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  mixture: [
    { size: 800 },
    { size: 600, classes: 4, imbalance: 8, features: 3, labelNoise: 0.2, noiseKind: 'asymmetric' },
    { size: 400, imbalance: 1, labelNoise: 0 },
  ],
  'csv-classification': [
    { file: 'table.csv', target: 'bad', ignore: ['kind', 'value'] },
    { file: 'table.csv', target: 'kind', ignore: ['bad'], size: 180, imbalance: 12 },
    { file: 'table.csv', target: 'kind', positive: 'cedar', labelNoise: 0.1, noisyParts: ['train', 'test'] },
  ],
  'csv-regression': [
    { file: 'table.csv', target: 'value', ignore: ['bad'] },
    { file: 'table.csv', standardiseTarget: false, outliers: { fraction: 0.1, magnitude: 5 }, size: 150 },
  ],
  'idx-images': [
    { images: 'images', labels: 'labels' },
    { images: 'images', labels: 'labels', classes: [4, 1], flatten: false, size: 60 },
    { images: 'images', labels: 'labels', imbalance: 6, labelNoise: 0.2, noiseKind: 'asymmetric' },
  ],
  'multi-task': [{ size: 500 }, { size: 500, classes: 3, imbalance: 5, valueScale: 20, relatedness: 1 }],
};

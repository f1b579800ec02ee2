import { describe, expect, it } from 'vitest';
import { renderUserError } from '../../src/core/errors.js';
import { builtinTasks } from '../../src/tasks/registry.js';
import type { Part } from '../../src/problem/part.js';
import type { TaskData } from '../../src/problem/task-data.js';
import { idxBytes, rejection } from '../data/support.js';
import { sampleFolder, sampleImages, sampleTable } from './samples.js';

const folder = sampleFolder();
const load = async (name: string, options: Readonly<Record<string, unknown>>): Promise<TaskData> => {
  const task = builtinTasks.get(name);
  return task.load(task.schema.parse(options), folder);
};
/** Inputs or targets of one part, sample by sample. */
const partOf = (data: TaskData, part: Part, values: Float32Array): number[][] => {
  const width = values.length / data.size;
  return Array.from(data.parts[part], (sample) => [...values.subarray(sample * width, (sample + 1) * width)]);
};

describe('nothing is learned outside the train part', () => {
  const options = { target: 'bad', ignore: ['value'] };
  it('csv: other cells in the other parts change no train input', async () => {
    const text = sampleTable();
    folder.write('one.csv', text);
    const one = await load('csv-classification', { ...options, file: 'one.csv' });
    const train = new Set(one.parts.train);
    const lines = text.trimEnd().split('\n');
    const changed = lines.map((line, index) => {
      const cells = line.split(',');
      return index === 0 || train.has(index - 1)
        ? line
        : ['1e6', '?', 'stranger', '-7', ...cells.slice(4)].join(',');
    });
    folder.write('two.csv', changed.join('\n'));
    const two = await load('csv-classification', { ...options, file: 'two.csv' });
    expect(two.inputShape).toEqual(one.inputShape);
    expect(partOf(two, 'train', two.inputs)).toEqual(partOf(one, 'train', one.inputs));
    expect(partOf(two, 'test', two.inputs)).not.toEqual(partOf(one, 'test', one.inputs));
  });

  it('images: other pixels in the other parts change no train input', async () => {
    const { images, labels } = sampleImages();
    folder.write('same-labels', labels);
    folder.write('one-images', images);
    const one = await load('idx-images', { images: 'one-images', labels: 'same-labels' });
    const other = images.slice();
    for (const sample of one.parts.test) other.fill(255, 16 + 12 * sample, 16 + 12 * (sample + 1));
    folder.write('two-images', other);
    const two = await load('idx-images', { images: 'two-images', labels: 'same-labels' });
    expect(partOf(two, 'train', two.inputs)).toEqual(partOf(one, 'train', one.inputs));
    expect(partOf(two, 'test', two.inputs)).not.toEqual(partOf(one, 'test', one.inputs));
  });
});

describe('wrong labels, long tails and outliers', () => {
  const images = { images: 'images', labels: 'labels' };
  it('stay in the parts that are to have them', async () => {
    const clean = await load('idx-images', images);
    const noisy = await load('idx-images', { ...images, labelNoise: 0.3 });
    expect(noisy.parts).toEqual(clean.parts);
    for (const part of ['validation', 'selection', 'test'] as const) {
      expect(partOf(noisy, part, noisy.targets['class']!)).toEqual(
        partOf(clean, part, clean.targets['class']!),
      );
    }
    const differ = partOf(noisy, 'train', noisy.targets['class']!).filter(
      (row, index) => row.join() !== partOf(clean, 'train', clean.targets['class']!)[index]!.join(),
    );
    // 80 train images, 16 of each class: round(0.3 · 16) = 5 of each.
    expect(differ.length).toBe(25);
    expect(noisy.columns['wrong-label']!.reduce((sum, value) => sum + value, 0)).toBe(25);
    const inTest = await load('idx-images', { ...images, labelNoise: 0.3, noisyParts: ['test'] });
    expect(partOf(inTest, 'train', inTest.targets['class']!)).toEqual(
      partOf(clean, 'train', clean.targets['class']!),
    );
    expect(inTest.targets['class']).not.toEqual(clean.targets['class']);
  });

  it('a long tail thins the train part alone, by the profile', async () => {
    const even = await load('idx-images', images);
    const tail = await load('idx-images', { ...images, imbalance: 16 });
    const count = (data: TaskData, part: Part): number[] =>
      partOf(data, part, data.targets['class']!).reduce(
        (sum, row) => sum.map((value, label) => value + row[label]!),
        [0, 0, 0, 0, 0],
      );
    expect(count(tail, 'train')).toEqual([16, 8, 4, 2, 1]);
    for (const part of ['validation', 'selection', 'test'] as const) {
      expect(count(tail, part)).toEqual(count(even, part));
    }
  });

  it('outliers shift train targets alone, in the unit of the clean ones', async () => {
    const options = { file: 'table.csv', target: 'value' };
    const clean = await load('csv-regression', options);
    const shifted = await load('csv-regression', { ...options, outliers: { fraction: 0.25, magnitude: 4 } });
    const difference = shifted.targets['value']!.map(
      (value, sample) => value - clean.targets['value']![sample]!,
    );
    const touched = [...difference.keys()].filter((sample) => difference[sample] !== 0);
    expect(touched.length).toBe(Math.round(0.25 * clean.parts.train.length));
    expect(touched.every((sample) => clean.parts.train.includes(sample))).toBe(true);
    for (const sample of touched) expect(Math.abs(difference[sample]!)).toBeCloseTo(4, 5);
    expect(
      [...shifted.columns['outlier']!.keys()].filter((sample) => shifted.columns['outlier']![sample] === 1),
    ).toEqual(touched);
  });
});

describe('csv tasks', () => {
  it('give targets in the unit of the file, or standardised with a note that says how', async () => {
    const raw = await load('csv-regression', { file: 'table.csv', standardiseTarget: false });
    const unit = await load('csv-regression', { file: 'table.csv' });
    const note = unit.notes.find((text) => text.startsWith('target standardised'))!;
    const [mean, deviation] = [...note.matchAll(/ is (-?[\d.]+)/g)].map(([, number]) => Number(number));
    unit.targets['value']!.forEach((value, sample) => {
      expect(value * deviation! + mean!).toBeCloseTo(raw.targets['value']![sample]!, 4);
    });
  });

  it('treat columns as told', async () => {
    const base = { file: 'table.csv', target: 'bad', size: 200 };
    const width = async (more: Readonly<Record<string, unknown>>): Promise<number> =>
      (await load('csv-classification', { ...base, ...more })).inputShape[0]!;
    // x, age, rank, value and three or four jobs, three kinds.
    const all = await width({});
    expect(await width({ ignore: ['x', -1] })).toBe(all - 2);
    expect(await width({ inputs: ['x', 'age'] })).toBe(2);
    expect(await width({ ignore: ['kind'] })).toBe(all - 3);
    const { columns } = await load('csv-classification', { ...base, curriculumColumns: ['rank', 0] });
    expect(Object.keys(columns).sort()).toEqual(['0', 'rank', 'wrong-label']);
    expect(
      columns['rank']!.every((rank, sample) => sample === 0 || rank > columns['rank']![sample - 1]!),
    ).toBe(true);
  });

  it('refuse a curriculum column under a name that is taken, but take it by position', async () => {
    folder.write(
      'taken.csv',
      `outlier,a,b\n${Array.from({ length: 20 }, (_, row) => `${row},${row ** 2},${row}`).join('\n')}`,
    );
    const taken = { file: 'taken.csv', curriculumColumns: ['outlier'] };
    expect((await rejection(load('csv-regression', taken))).found).toBe('"outlier"');
    const { columns } = await load('csv-regression', { ...taken, curriculumColumns: [0] });
    expect([...columns['0']!]).toEqual(Array.from({ length: 20 }, (_, row) => row));
  });

  it('drop rows without a target only when told', async () => {
    folder.write('gaps.csv', `${sampleTable(60)}1,2,cook,3,ash,,0\n1,2,cook,3,ash,NA,0\n`);
    const options = { file: 'gaps.csv', target: 'bad' };
    const error = await rejection(load('csv-classification', options));
    expect(error.place).toMatchObject({ line: 62, column: 16 });
    const data = await load('csv-classification', { ...options, missingTarget: 'drop' });
    expect(data.size).toBe(60);
    expect(data.notes).toContain('2 rows without a target dropped');
    folder.write('none.csv', 'a,b\n1,\n2,?\n');
    const none = rejection(load('csv-regression', { file: 'none.csv', missingTarget: 'drop' }));
    expect((await none).message).toBe('no row has a target');
  });

  it('warn that a header of numbers may be data', async () => {
    folder.write(
      'bare.csv',
      Array.from({ length: 20 }, (_, row) => `${row},${row + 5},${row % 2 === 0 ? 'a' : 'b'}`).join('\n'),
    );
    const data = await load('csv-classification', { file: 'bare.csv' });
    expect(data.notes.join()).toContain('header: false');
    expect(data.size).toBe(19);
  });

  it.each([
    [
      'a column that is not there',
      { target: 'good' },
      /^target: no such column in .*table\.csv \(found "good", expected one of "x"/,
    ],
    ['a target among the inputs', { target: 'bad', inputs: ['bad', 'x'] }, /target is among the inputs/],
    [
      'a column of two types',
      { target: 'bad', numeric: ['x'], categorical: [0] },
      /numeric and as categorical/,
    ],
    [
      'text in a numeric column',
      { target: 'bad', numeric: ['job'] },
      /table\.csv:2:\d+: no number in the numeric column "job"/,
    ],
    [
      'a positive label that is not there',
      { target: 'bad', positive: 'maybe' },
      /found "maybe", expected one of "no", "yes"/,
    ],
    ['a file that is not there', { file: 'absent.csv' }, /absent\.csv.*lossmith-data/],
  ])('refuse %s', async (_, options, message) => {
    const error = await rejection(load('csv-classification', { file: 'table.csv', ...options }));
    expect(renderUserError(error)).toMatch(message);
    expect(['data', 'file-missing']).toContain(error.code);
  });

  it('refuse a label that the train part never sees, naming its row', async () => {
    const rows = Array.from(
      { length: 30 },
      (_, row) => `${row},${row === 17 ? 'c' : row % 2 === 0 ? 'a' : 'b'}`,
    );
    folder.write('rare.csv', `x,y\n${rows.join('\n')}\n`);
    const fractions = { train: 0.2, validation: 0.2, selection: 0.2, test: 0.4 };
    const error = await rejection(load('csv-classification', { file: 'rare.csv', fractions }));
    expect(renderUserError(error)).toMatch(/rare\.csv:19:4: the label "c" is never seen in the train part/);
  });

  it('refuse a constant target and a part without samples', async () => {
    folder.write('constant.csv', 'a,b\n1,5\n2,5\n3,5\n4,5\n');
    expect((await rejection(load('csv-regression', { file: 'constant.csv' }))).message).toContain('constant');
    folder.write('three.csv', 'a,b\n1,5\n2,6\n3,7\n');
    expect((await rejection(load('csv-regression', { file: 'three.csv' }))).message).toMatch(
      /no sample is in the|constant/,
    );
  });
});

describe('idx-images', () => {
  it('keeps the classes asked for, numbered in the order given', async () => {
    const data = await load('idx-images', {
      images: 'images',
      labels: 'labels',
      classes: [4, 1],
      flatten: false,
    });
    expect(data.inputShape).toEqual([4, 3, 1]);
    expect(data.size).toBe(80);
    // Pixel 2 · label is bright: pixel 8 for class 4 (number 0), pixel 2 for class 1 (number 1).
    data.targets['class']!.forEach((number, sample) => {
      const row = data.inputs.subarray(sample * 12, (sample + 1) * 12);
      expect(row.indexOf(Math.max(...row))).toBe(number === 1 ? 2 : 8);
    });
  });
  it.each([
    [
      'labels for images',
      { images: 'labels', labels: 'labels' },
      /wrong magic number.*0x00000801.*0x00000803/,
    ],
    [
      'other numbers of both',
      { images: 'images', labels: 'few' },
      /few: images and labels differ.*3 labels.*200 labels/,
    ],
    [
      'a class without images',
      { images: 'images', labels: 'labels', classes: [1, 7] },
      /found 7, expected some of 0, 1, 2, 3, 4/,
    ],
    ['black images', { images: 'black', labels: 'labels' }, /all pixels of the train part are equal/],
  ])('refuses %s', async (_, options, message) => {
    folder.write('few', idxBytes([3], [0, 1, 2]));
    folder.write('black', idxBytes([200, 4, 3], new Uint8Array(2400)));
    expect(renderUserError(await rejection(load('idx-images', options)))).toMatch(message);
  });
});

describe('made-up data', () => {
  // Committed leaderboards carry these hashes: the same bytes on every platform and in every version.
  it.each([
    ['mixture', '72421423eaec'],
    ['multi-task', '6fcd29bc56f2'],
  ])('%s has the bytes it always had', async (name, hash) => {
    expect((await load(name, {})).splitHash).toBe(hash);
  });
});

describe('mixture', () => {
  it('needs no option and no file', async () => {
    const task = builtinTasks.get('mixture');
    const data = await task.load(task.schema.parse({}), { dataFolders: [] });
    expect(data.heads).toEqual([{ name: 'class', kind: 'binary', outputs: 1 }]);
  });
  it('offers the difficulty of each label: low for likely, high for wrong ones', async () => {
    const data = await load('mixture', { size: 2000, imbalance: 1, labelNoise: 0.3, overlap: 0.3 });
    const mean = (wrong: number): number => {
      const chosen = data.columns['difficulty']!.filter(
        (_, sample) => data.columns['wrong-label']![sample] === wrong,
      );
      return chosen.reduce((sum, value) => sum + value, 0) / chosen.length;
    };
    expect(mean(0)).toBeLessThan(0.3);
    expect(mean(1)).toBeGreaterThan(2);
  });
  it.each(['mixture', 'multi-task'])(
    '%s refuses an imbalance that leaves no sample for each part',
    async (name) => {
      const error = await rejection(load(name, { size: 100, imbalance: 99 }));
      expect(error.place.path).toBe('imbalance');
      expect(error.found).toBe('1');
    },
  );
});

describe('multi-task', () => {
  it('scales the value and its noise, and leaves the classes alone', async () => {
    const small = await load('multi-task', { size: 500, valueScale: 1 });
    const large = await load('multi-task', { size: 500, valueScale: 50 });
    expect(large.targets['class']).toEqual(small.targets['class']);
    large.targets['value']!.forEach((value, sample) => {
      expect(value).toBeCloseTo(50 * small.targets['value']![sample]!, 3);
    });
  });
});

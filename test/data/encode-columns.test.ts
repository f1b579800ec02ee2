import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classLabels } from '../../src/data/class-labels.js';
import { findColumn, parseNumber } from '../../src/data/columns.js';
import { parseCsv, type CsvTable } from '../../src/data/csv-table.js';
import { encodeColumns, type EncodedInputs } from '../../src/data/encode-columns.js';
import type { InputColumn } from '../../src/data/encoded-column.js';
import { userError } from './support.js';

const table = (text: string, header = false): CsvTable =>
  parseCsv(Buffer.from(text), 't.csv', { delimiter: ',', quote: '"', header });
const options = { missing: ['', '?', 'NA'], maxCategories: 5 };

/** Encodes all columns of a table from its first `train` rows. */
const encode = (text: string, train: number, columns: Partial<InputColumn>[] = []): EncodedInputs => {
  const parsed = table(text);
  const all = parsed.names.map((_, position) => ({ position, zerosAreMissing: false, ...columns[position] }));
  return encodeColumns(
    parsed,
    Int32Array.from({ length: train }, (_, row) => row),
    all,
    options,
  );
};
const column = ({ values, width }: EncodedInputs, position: number): number[] =>
  Array.from(values).filter((_, entry) => entry % width === position);

describe('encodeColumns', () => {
  it('standardises numbers over the train rows alone', () => {
    // Train 1, 3: mean 2, deviation 1.
    expect(column(encode('1\n3\n7\n-2\n', 2), 0)).toEqual([-1, 1, 5, -4]);
  });

  it('has mean 0 and deviation 1 over any train rows', () => {
    const cells = fc.array(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((x) => Math.round(x * 1e3) / 1e3),
      {
        minLength: 3,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(cells, (numbers) => {
        fc.pre(new Set(numbers.slice(0, -1)).size > 1);
        const train = column(encode(numbers.map(String).join('\n'), numbers.length - 1), 0).slice(0, -1);
        const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
        const square = train.reduce((sum, value) => sum + value * value, 0) / train.length;
        expect(mean).toBeCloseTo(0, 5);
        expect(square).toBeCloseTo(1, 4);
      }),
    );
  });

  it('gives train rows the same inputs whatever the other rows hold', () => {
    const row = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.constantFrom('a', 'b', 'c', '?'));
    const rows = fc.array(row, { minLength: 4, maxLength: 12 });
    const text = (list: readonly (readonly [number, string])[]): string =>
      list.map(([number, category]) => `${number},${category}`).join('\n');
    fc.assert(
      fc.property(rows, rows, rows, (train, otherRows, furtherRows) => {
        fc.pre(new Set(train.map(([number]) => number)).size > 1);
        const first = encode(text([...train, ...otherRows]), train.length);
        const second = encode(text([...train, ...furtherRows]), train.length);
        expect(second.width).toBe(first.width);
        const length = train.length * first.width;
        expect(second.values.subarray(0, length)).toEqual(first.values.subarray(0, length));
      }),
    );
  });

  it('leaves a column out that is missing in all train rows, whatever stands in the others', () => {
    const [words, numbers, nothing] = ['a', '7', '?'].map((cell) => encode(`1,?\n2,?\n4,?\n3,${cell}\n`, 3));
    expect(words!.width).toBe(1);
    expect(numbers!.values).toEqual(words!.values);
    expect(nothing!.values).toEqual(words!.values);
  });

  it('fills missing numbers with the train median before it standardises', () => {
    // Train 1, ?, 2, 9: median 2, then mean 3.5; the row after has no value either.
    const result = encode('1\n?\n2\n9\nNA\n', 4);
    const values = column(result, 0);
    expect(values[1]).toBe(values[2]);
    expect(values[4]).toBe(values[2]);
    expect(values[0]! + values[1]! + values[2]! + values[3]!).toBeCloseTo(0, 6);
    expect(result.notes).toEqual(['column 0: 2 missing values became the train median 2']);
  });

  it('takes 0 for missing only where told', () => {
    const zeros = encode('0,0\n4,4\n6,6\n', 3, [{ zerosAreMissing: true }]);
    expect(column(zeros, 0)[0]).toBeCloseTo(0, 6);
    expect(column(zeros, 1)[0]).toBeLessThan(-1);
  });

  it('makes one 0/1 input for each category in the order of the text, missing last', () => {
    const result = encode('b\n?\na\nB\na\nz\n', 5);
    expect(result.width).toBe(4);
    expect(column(result, 0)).toEqual([0, 0, 0, 1, 0, 0]);
    expect(column(result, 1)).toEqual([0, 0, 1, 0, 1, 0]);
    expect(column(result, 2)).toEqual([1, 0, 0, 0, 0, 0]);
    expect(column(result, 3)).toEqual([0, 1, 0, 0, 0, 0]);
    expect(result.notes).toEqual(['column 0: 1 rows with a category not in the train part']);
  });

  it('takes numbers for categories when told', () => {
    const result = encode('10\n9\n10\n', 3, [{ type: 'categorical' }]);
    expect(column(result, 0)).toEqual([1, 0, 1]);
  });

  it('drops columns that are constant over the train rows, with a note', () => {
    const result = encode('1,5,x,?\n2,5,x,?\n3,6,y,1\n', 2);
    expect(result.width).toBe(1);
    expect(result.notes).toEqual([
      'column 1 dropped: it is constant over the train part',
      'column 2 dropped: it is constant over the train part',
      'column 3 dropped: it has no value in the train part',
    ]);
  });

  it('does not take rounding for variation', () => {
    expect(encode('0.1,1\n0.1,2\n0.1,3\n', 3).width).toBe(1);
  });

  it('refuses text in a numeric column, given or told from the train rows', () => {
    const given = userError(() => encode('1, 2\n3, x\n', 1, [{}, { type: 'numeric' }]));
    expect(given.place).toEqual({ file: 't.csv', line: 2, column: 4 });
    expect(given.found).toBe('"x"');
    const column20 = Array.from({ length: 40 }, (_, row) => (row === 30 ? '1o' : String(row))).join('\n');
    expect(userError(() => encode(column20, 40)).place).toEqual({ file: 't.csv', line: 31, column: 1 });
  });

  it('refuses a number that standardising takes out of float32 range', () => {
    const error = userError(() => encode('1e-9\n2e-9\n3e38\n', 2));
    expect(error.place).toEqual({ file: 't.csv', line: 3, column: 1 });
    expect(error.found).toBe('"3e38"');
  });

  it.each(['inf', 'NaN', '1e999', '1e39', '0x10', '1,5', '1 2', '--1', '.'])(
    'does not take %s for a number',
    (cell) => {
      expect(parseNumber(cell)).toBeUndefined();
    },
  );
  it.each([
    ['-1', -1],
    ['+.5', 0.5],
    ['2.', 2],
    ['1e-3', 0.001],
    ['6.02E23', 6.02e23],
  ])('takes %s for a number', (cell, value) => {
    expect(parseNumber(cell)).toBe(value);
  });

  it('refuses too many categories and a table without any input', () => {
    expect(userError(() => encode('a\nb\nc\nd\ne\nf\n', 6)).found).toContain('6 categories');
    expect(userError(() => encode('1\n1\n1\n', 3)).message).toBe('no input column is left');
  });
});

describe('findColumn', () => {
  const named = table('a,b,c\n1,2,3\n', true);
  it('takes names and positions from either end', () => {
    expect(findColumn(named, 'b', 'target')).toBe(1);
    expect(findColumn(named, 0, 'target')).toBe(0);
    expect(findColumn(named, -1, 'target')).toBe(2);
  });
  it.each([['d'], [3], [-4]])('refuses %s with what there is', (reference) => {
    const error = userError(() => findColumn(named, reference, 'target'));
    expect(error.code).toBe('data');
    expect(error.place).toEqual({ path: 'target' });
    expect(error.message).toContain('t.csv');
    expect(error.found).toBe(JSON.stringify(reference));
    expect(error.expected).toContain(typeof reference === 'string' ? '"a", "b", "c"' : 'from 0 to 2');
  });
});

describe('classLabels', () => {
  const labels = (cells: string[], positive?: string): { labels: number[]; names: readonly string[] } => {
    const result = classLabels(table(cells.join('\n')), 0, { positive, maxCategories: 12 });
    return { labels: [...result.labels], names: result.names };
  };
  it('makes the rarer of two labels positive, on a tie the later', () => {
    expect(labels(['x', 'y', 'y'])).toEqual({ labels: [1, 0, 0], names: ['y', 'x'] });
    expect(labels(['y', 'x'])).toEqual({ labels: [1, 0], names: ['x', 'y'] });
  });
  it('makes the named label positive, against one or several others', () => {
    expect(labels(['x', 'y', 'y'], 'y')).toEqual({ labels: [0, 1, 1], names: ['x', 'y'] });
    expect(labels(['x', 'y', 'z'], 'y')).toEqual({ labels: [0, 1, 0], names: ['not y', 'y'] });
  });
  it('orders more classes by value when all are numbers, else by text', () => {
    expect(labels(['10', '9', '2']).names).toEqual(['2', '9', '10']);
    expect(labels(['10', '9', 'b']).names).toEqual(['10', '9', 'b']);
  });
  it('refuses one class, too many, and a positive label that is not there', () => {
    expect(userError(() => labels(['x', 'x'])).message).toContain('one class');
    const many = Array.from({ length: 13 }, (_, row) => `c${row}`);
    expect(userError(() => labels(many)).found).toContain('13');
    expect(userError(() => labels(['x', 'y'], 'q')).expected).toContain('"x", "y"');
  });
});

import { gzipSync } from 'node:zlib';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsv, selectRows, type CsvFormat, type CsvTable } from '../../src/data/csv-table.js';
import { readBytes } from '../../src/data/read-bytes.js';
import { temporaryFolder, userError } from './support.js';

const parse = (text: string, format: Partial<CsvFormat> = {}): CsvTable =>
  parseCsv(Buffer.from(text), 'table.csv', { delimiter: ',', quote: '"', header: true, ...format });

const temporary = temporaryFolder();

describe('parseCsv', () => {
  it('reads back what csv-stringify writes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '7', ',', '"', '\n', ';', 'é', '.') });
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(rows, (table) => {
        // White space around cells and empty lines are not kept: mark both ends of every cell.
        const marked = table.map((row) => row.map((text) => `<${text}>`));
        expect(parse(stringify(marked), { header: false }).rows).toEqual(marked);
        const semicolons = stringify(marked, { delimiter: ';', quote: "'", escape: "'" });
        expect(parse(semicolons, { header: false, delimiter: ';', quote: "'" }).rows).toEqual(marked);
      }),
    );
  });

  it('places every cell at its first character', () => {
    const cell = fc.constantFrom('a', 'bcd', 'x,y', 'say "so"', '1.5', '');
    const rows = fc.array(fc.tuple(cell, fc.integer(), cell), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rows, (table) => {
        const text = stringify(table, { quoted_string: true });
        const parsed = parse(text, { header: false });
        const lines = text.split('\n');
        table.forEach((_, row) => {
          [0, 1, 2].forEach((column) => {
            const place = parsed.place(row, column);
            expect(place.line).toBe(row + 1);
            const start = lines[row]!.slice(place.column! - 1);
            const rest = parse(start, { header: false, delimiter: ',' }).rows[0]!;
            expect(rest).toEqual(parsed.rows[row]!.slice(column));
          });
        });
      }),
    );
  });

  it('strips apostrophes when they are the quote character', () => {
    const table = parse("0.5,'-1'\n-0.25,'1'\n", { header: false, quote: "'" });
    expect(table.rows).toEqual([
      ['0.5', '-1'],
      ['-0.25', '1'],
    ]);
  });

  it('ignores a byte order mark, spaces around cells, empty lines, and the kind of line end', () => {
    const table = parse('\ufeffage, job\r\n\r\n39, clerk\r\n50,  boss \r\n\r\n');
    expect(table.names).toEqual(['age', 'job']);
    expect(table.rows).toEqual([
      ['39', 'clerk'],
      ['50', 'boss'],
    ]);
    expect(table.place(1, 1)).toEqual({ file: 'table.csv', line: 4, column: 6 });
  });

  it.each([
    ['a byte order mark before a quoted name', '\ufeff"a","b"\n1,2\n', ['a', 'b'], [['1', '2']]],
    [
      'old line ends',
      'a,b\r1,2\r3,4\r',
      ['a', 'b'],
      [
        ['1', '2'],
        ['3', '4'],
      ],
    ],
    ['no line end at the end', 'a,b\n1,2', ['a', 'b'], [['1', '2']]],
    ['cells that are empty, quoted or not', 'a,b,c\n,"",\n', ['a', 'b', 'c'], [['', '', '']]],
    ['spaces inside quotes, which stay', 'a,b\n" 1 ", "2 "\n', ['a', 'b'], [[' 1 ', '2 ']]],
    ['quotes and delimiters inside quotes', 'a,b\n"x ""y"", z",2\n', ['a', 'b'], [['x "y", z', '2']]],
    ['line ends inside quotes', 'a,b\r\n"x\r\ny",2\r\n', ['a', 'b'], [['x\r\ny', '2']]],
  ])('reads %s', (_, text, names, rows) => {
    const table = parse(text);
    expect(table.names).toEqual(names);
    expect(table.rows).toEqual(rows);
  });

  it('reads gzip as it reads text', () => {
    const file = temporary.write('table.csv.gz', gzipSync('a,b\n1,2\n'));
    const format = { delimiter: ',', quote: '"', header: true };
    expect(parseCsv(readBytes(file), file, format).rows).toEqual([['1', '2']]);
  });

  it('names the line of records that span lines', () => {
    const table = parse('a,b\n"x\ny",1\n2,3\n');
    expect(table.place(0, 0)).toEqual({ file: 'table.csv', line: 2 });
    expect(table.place(1, 1)).toEqual({ file: 'table.csv', line: 4, column: 3 });
  });

  it('keeps tabs apart although they are white space', () => {
    const table = parse('a\tb\tc\n1\t\t3\n', { delimiter: '\t' });
    expect(table.rows).toEqual([['1', '', '3']]);
    expect(table.place(0, 2).column).toBe(4);
  });

  it('selects rows with their places', () => {
    const table = selectRows(parse('a,b\n1,2\n3,4\n5,6\n'), [2, 0]);
    expect(table.rows).toEqual([
      ['5', '6'],
      ['1', '2'],
    ]);
    expect(table.place(0, 1)).toEqual({ file: 'table.csv', line: 4, column: 3 });
  });

  it.each([
    ['a ragged row, too long', 'a,b\n1,2\n3,4,5\n', { line: 3, column: 5 }, '3 cells', '2 cells'],
    ['a ragged row, too short', 'a,b,c\n1,2,3\n4,55\n', { line: 3, column: 3 }, '2 cells', '3 cells'],
    ['a header only', 'a,b\n', { line: 1, column: 1 }, 'a header only', 'row of data'],
    ['an empty file', '', { line: 1, column: 1 }, 'no rows', 'row of data'],
    ['a name twice', 'a,bb,a\n1,2,3\n', { line: 1, column: 6 }, '"a"', 'different name'],
    ['a quote that is not closed', 'a,b\n1,"2\n', { line: 2 }, 'never closed', 'without any "'],
    [
      'an open quote far above the end',
      `a,b\n"x ""y""",1\n"1,2\n${'3,4\n'.repeat(9)}`,
      { line: 3 },
      'never',
      '"',
    ],
    ['a quote inside a cell', 'a,b\n1,x"y\n', { line: 2 }, 'Opening Quote', 'without any "'],
  ])('refuses %s', (_, text, place, found, expected) => {
    const error = userError(() => parse(text));
    expect(error.code).toBe('data');
    expect(error.place).toEqual({ file: 'table.csv', ...place });
    expect(error.found).toContain(found);
    expect(error.expected).toContain(expected);
  });

  it('refuses bytes that are not UTF-8', () => {
    const latin1 = Buffer.from('a,b\n1,caf\xe9\n', 'latin1');
    const error = userError(() =>
      parseCsv(latin1, 'latin.csv', { delimiter: ',', quote: '"', header: true }),
    );
    expect(error.code).toBe('data');
    expect(error.expected).toContain('UTF-8');
  });
});

describe('readBytes', () => {
  const folder = temporary;
  it('unpacks gzip whatever its name', () => {
    expect(readBytes(folder.write('plain.gz', 'not packed')).toString()).toBe('not packed');
    expect(readBytes(folder.write('packed.csv', gzipSync('packed'))).toString()).toBe('packed');
  });
  it('refuses truncated and damaged gzip', () => {
    const packed = gzipSync('some text that is long enough to be cut');
    const cut = userError(() => readBytes(folder.write('cut.gz', packed.subarray(0, packed.length - 6))));
    expect(cut.code).toBe('data');
    expect(cut.place.file).toContain('cut.gz');
    const damaged = Buffer.from(packed);
    damaged[14]! ^= 0xff;
    expect(userError(() => readBytes(folder.write('damaged.gz', damaged))).code).toBe('data');
  });
  it('tells a missing file from one that cannot be read', () => {
    expect(userError(() => readBytes('/no/such/file.csv')).code).toBe('file-missing');
    expect(userError(() => readBytes(folder.path)).code).toBe('file-unreadable');
  });
});

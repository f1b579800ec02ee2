import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdx } from '../../src/data/idx.js';
import { readBytes } from '../../src/data/read-bytes.js';
import { idxBytes, temporaryFolder, userError } from './support.js';

describe('parseIdx', () => {
  it('reads back what the format says', () => {
    const shape = fc.tuple(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
    );
    fc.assert(
      fc.property(shape, fc.nat({ max: 255 }), (extents, start) => {
        const values = Uint8Array.from(
          { length: extents[0] * extents[1] * extents[2] },
          (_, i) => start + 7 * i,
        );
        const read = parseIdx(idxBytes(extents, values), 'f', 3);
        expect(read.shape).toEqual(extents);
        expect([...read.values]).toEqual([...values]);
      }),
    );
  });

  it('reads a view into a larger buffer', () => {
    const bytes = Buffer.concat([Buffer.from([9, 9, 9]), idxBytes([2], [5, 6])]).subarray(3);
    expect([...parseIdx(bytes, 'f', 1).values]).toEqual([5, 6]);
  });

  it('reads gzip as it reads the file itself', () => {
    const folder = temporaryFolder();
    const file = folder.write('labels.gz', gzipSync(idxBytes([3], [7, 0, 255])));
    expect([...parseIdx(readBytes(file), file, 1).values]).toEqual([7, 0, 255]);
  });

  const images = idxBytes([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
  it.each([
    ['labels where images are expected', idxBytes([2], [1, 2]), '0x00000801', '0x00000803'],
    ['floats', Uint8Array.of(0, 0, 0x0d, 3, 0, 0, 0, 1), '0x00000d03', '0x00000803'],
    ['text', Buffer.from('a,b\n1,2\n'), '0x612c620a', '0x00000803'],
    ['a few bytes', Uint8Array.of(0, 0), '2 bytes', 'header'],
    ['a cut header', images.subarray(0, 10), '10 bytes', '16 bytes'],
    ['cut values', images.subarray(0, 20), '20 bytes', '24 bytes for 2 x 2 x 2'],
    ['bytes too many', Buffer.concat([images, Buffer.of(0)]), '25 bytes', '24 bytes'],
    [
      'dimensions beyond any file',
      idxBytes([4294967295, 4294967295, 4294967295], []),
      '16 bytes',
      '4294967295 x',
    ],
    ['no images', idxBytes([0, 2, 2], []), '0 x 2 x 2', 'at least 1'],
  ])('refuses %s', (_, bytes, found, expected) => {
    const error = userError(() => parseIdx(bytes, 'digits', 3));
    expect(error.code).toBe('data');
    expect(error.place).toEqual({ file: 'digits' });
    expect(error.found).toContain(found);
    expect(error.expected).toContain(expected);
  });
});

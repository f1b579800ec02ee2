import { UserError } from '../core/errors.js';

/** An array of unsigned bytes in the IDX format of MNIST. */
export interface IdxArray {
  readonly shape: readonly number[];
  /** Row-major. */
  readonly values: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes: two zero bytes, the type 0x08, the number of dimensions, each dimension as
 * a big-endian 32-bit integer, then the values and nothing more.
 * @param bytes the unpacked file; @param dimensions 3 for images (magic 0x00000803), 1 for labels (0x00000801).
 * @throws UserError `data` on a wrong magic number, an empty dimension, or a length that does not fit.
 */
export function parseIdx(bytes: Uint8Array, file: string, dimensions: number): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fault = (message: string, found: string, expected: string): UserError =>
    new UserError({ code: 'data', message, place: { file }, found, expected });
  const headerLength = 4 + 4 * dimensions;
  if (bytes.length < 4) throw fault('the IDX file is too short', `${bytes.length} bytes`, 'a header');
  const magic = UNSIGNED_BYTE * 256 + dimensions;
  if (view.getUint32(0) !== magic) {
    throw fault('wrong magic number of an IDX file', hexadecimal(view.getUint32(0)), hexadecimal(magic));
  }
  if (bytes.length < headerLength) {
    throw fault('the IDX header is truncated', `${bytes.length} bytes`, `${headerLength} bytes`);
  }
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (shape.includes(0)) throw fault('the IDX file is empty', shape.join(' x '), 'dimensions of at least 1');
  const length = headerLength + shape.reduce((product, extent) => product * extent, 1);
  if (bytes.length !== length) {
    const fate = bytes.length < length ? 'truncated' : 'too long';
    throw fault(
      `the IDX file is ${fate}`,
      `${bytes.length} bytes`,
      `${length} bytes for ${shape.join(' x ')}`,
    );
  }
  return { shape, values: bytes.subarray(headerLength) };
}

const hexadecimal = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../core/errors.js';

/**
 * The bytes of a file, unpacked when it is gzip (told by its first two bytes, not by its name).
 * @throws UserError `file-missing`, `file-unreadable`, or `data` for a damaged or truncated gzip file.
 */
export function readBytes(file: string): Buffer {
  const bytes = readFile(file);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes);
  } catch (error) {
    throw new UserError({
      code: 'data',
      message: 'the gzip file is damaged or truncated',
      place: { file },
      found: reason(error),
      expected: 'a whole gzip file',
    });
  }
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new UserError({
      code: absent ? 'file-missing' : 'file-unreadable',
      message: absent ? 'the data file was not found' : 'the data file cannot be read',
      place: { file },
      found: reason(error),
    });
  }
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

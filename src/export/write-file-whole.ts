import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { withSystem } from '../core/system-error.js';

/**
 * Writes a file whole or not at all: beside it first, then renamed over it.
 * @throws UserError `study` where the disk is full or the folder cannot be written.
 */
export function writeFileWhole(file: string, text: string): void {
  const draft = `${file}.part`;
  withSystem(file, 'the file cannot be written', () => {
    try {
      writeFileSync(draft, text);
      renameSync(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

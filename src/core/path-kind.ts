import { statSync, type Stats } from 'node:fs';
import { systemCode } from './system-error.js';

/** Is there a file at the path, and may it be looked at? Links are followed. */
export const isFile = (path: string): boolean => statsOf(path)?.isFile() === true;

/** Is there a folder at the path, and may it be looked at? Links are followed. */
export const isFolder = (path: string): boolean => statsOf(path)?.isDirectory() === true;

/**
 * Undefined where the system does not lead to anything there: nothing has the name, a file stands where a folder would have
 * to, the folder may not be entered, links go round in a circle.
 */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    systemCode(error);
    return undefined;
  }
}
